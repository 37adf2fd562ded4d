package vmlab.spec;

import java.time.Duration;

/**
 * How long is waited before a lab counts as failed: what cluster.yaml says, and what it leaves open as long as it takes on this machine.
 *
 * @param boot from power-on until a node has booted
 * @param ready from then until the cluster is ready
 * @param drain for pods to leave a node that is restarted or removed; what is still there then goes with it
 */
public record Limits(Duration boot, Duration ready, Duration drain) {

    /** What stands when the file says nothing, on a machine of the usual speed. */
    public static final Limits USUAL = new Limits(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2));
}
