package vmlab.power;

import java.time.Duration;
import vmlab.engine.Machines;
import vmlab.run.Reading;
import vmlab.run.Run;

/** Machines that are to become otherwise: on libvirt they are at once; KubeVirt takes an order first and heeds it later. */
public final class MachineStates {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private MachineStates() {}

    /** Waits until the machine of {@code node} is as ordered, and returns that: {@code gone} where it was removed. */
    public static String await(String wanted, String node, String machine, Machines machines, Run run)
            throws InterruptedException {
        return run.await(node, "the machine to be " + wanted, LIMIT).until(() -> {
            String state = machines.state(machine);
            return state.equals(wanted) ? new Reading.Ready<>(state) : new Reading.NotYet<>("it is " + state);
        });
    }
}
