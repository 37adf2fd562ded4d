package vmlab.report;

import java.time.Duration;
import java.util.List;

/**
 * One stage of one node on its way up. Times count from the beginning of the run.
 *
 * @param open whether it had not ended when the run, or what is known of it, did
 * @param evidence what was seen meanwhile, a line each
 */
public record Span(Stage stage, Duration from, Duration to, boolean open, List<String> evidence) {

    /** How long it lasted. */
    public Duration took() {
        return to.minus(from);
    }
}
