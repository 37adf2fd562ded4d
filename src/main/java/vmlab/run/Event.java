package vmlab.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened while a command ran. Progress, report, status and JUnit are views of these; nothing else tells them anything.
 * {@code node} is empty where an event belongs to the whole lab.
 */
public sealed interface Event {

    /** When it happened, by this machine's clock. */
    Instant at();

    /** A phase began. */
    record PhaseStarted(Instant at, String phase, String doing) implements Event {}

    /** A phase waits, and this is the reason now. Emitted when the reason changes, not for each look. */
    record Waiting(Instant at, String phase, String node, String what, String why) implements Event {}

    /** A wait is over, however it ended: so many looks it took, which are what waiting costs a node. */
    record Looked(Instant at, String phase, String node, String what, int looks, Duration took) implements Event {}

    /** Something the user wants to know in passing: a choice made, a warning. */
    record Noted(Instant at, String phase, String text) implements Event {}

    /** A phase is done; {@code result} says with what. */
    record PhaseDone(Instant at, String phase, Duration took, String result) implements Event {}

    /** A phase failed, and the command with it. */
    record PhaseFailed(Instant at, String phase, Duration took, String node, String what, String why, String next)
            implements Event {}

    /**
     * Everything is decided: what this run brings up, with which image.
     *
     * @param image the recipe's name, the same for all builds of it
     */
    record Planned(Instant at, String lab, String accelerator, String image, List<PlannedNode> nodes)
            implements Event {}

    /** A node of a plan; {@code role} and {@code boot} as in cluster.yaml. */
    record PlannedNode(String name, String role, String boot, String address) {}

    /**
     * A node said how far it is, or was seen to be so far. {@code at} is when word of it came.
     *
     * @param uptime for how long its kernel had run by then, by its own count; zero where it did not say
     */
    record Milestone(Instant at, String node, String name, String text, Duration uptime) implements Event {

        /** A milestone of a node that did not say how long its kernel runs. */
        public Milestone(Instant at, String node, String name, String text) {
            this(at, node, name, text, Duration.ZERO);
        }

        /** Whether it is this one of those that lab knows. */
        public boolean is(MilestoneName known) {
            return known.toString().equals(name);
        }
    }

    /** A node told the time of day by its own clock; it may differ from this machine's. */
    record ClockRead(Instant at, String node, Instant clock) implements Event {}

    /** A named check ended, with the evidence it saw. */
    record Checked(Instant at, String suite, String check, Outcome status, Duration took, String evidence)
            implements Event {

        /** One that just ended as {@code result} tells. */
        public static Checked now(CheckResult result) {
            return new Checked(
                    Instant.now(), result.suite(), result.name(), result.status(), result.took(), result.evidence());
        }

        /** Whether what it looks for holds. */
        public boolean passed() {
            return status == Outcome.PASSED;
        }
    }

    /** The boot server answered a node's request for {@code path}; {@code took} ends with the last byte sent. */
    record Served(Instant at, String node, String path, int status, long bytes, Duration took) implements Event {}

    /** DHCP gave a node an address, anew or once more. */
    record Leased(Instant at, String node, String mac, String address) implements Event {}

    /** A node's virtual machine changed its state, in libvirt's words: "stopped", because of "crashed". */
    record Lifecycle(Instant at, String node, String state, String reason) implements Event {}

    /** The evidence names a cause of what went wrong on a node; {@code cause} is its name in the table of causes. */
    record Diagnosed(Instant at, String node, String cause, String what, String evidence, String cure)
            implements Event {}
}
