package vmlab.run;

import java.time.Duration;
import java.time.Instant;

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

    /** Something the user wants to know in passing: a choice made, a warning. */
    record Noted(Instant at, String phase, String text) implements Event {}

    /** A phase is done; {@code result} says with what. */
    record PhaseDone(Instant at, String phase, Duration took, String result) implements Event {}

    /** A phase failed, and the command with it. */
    record PhaseFailed(Instant at, String phase, Duration took, String node, String what, String why, String next)
            implements Event {}

    /** A node said how far it is. */
    record Milestone(Instant at, String node, String name, String text) implements Event {}

    /** A named check ended, with the evidence it saw. */
    record Checked(Instant at, String suite, String check, boolean passed, Duration took, String evidence)
            implements Event {}
}
