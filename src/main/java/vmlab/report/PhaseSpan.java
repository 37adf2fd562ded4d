package vmlab.report;

import java.time.Duration;

/**
 * One phase of the command. Times count from the beginning of the run.
 *
 * @param result what it came to, what it waits for, or why it failed
 */
public record PhaseSpan(String phase, Duration from, Duration to, State state, String result) {

    /** How long it lasted. */
    public Duration took() {
        return to.minus(from);
    }
}
