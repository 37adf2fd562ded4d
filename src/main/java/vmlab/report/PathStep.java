package vmlab.report;

import java.time.Duration;

/**
 * One step of the road that decided how long a run took.
 *
 * @param node empty where it is a phase of the command itself
 * @param what a phase or a stage
 */
public record PathStep(String node, String what, Duration from, Duration to) {

    /** How long it lasted. */
    public Duration took() {
        return to.minus(from);
    }
}
