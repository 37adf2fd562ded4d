package vmlab.image;

import java.time.Duration;
import java.time.Instant;
import vmlab.run.Run;
import vmlab.run.Seconds;

/**
 * How far a script that builds is, by its own word: {@code steps: 14} once, {@code step: TEXT} as each begins, {@code done: TEXT}. Anything
 * else is talk, of which the last line is shown now and then as a sign of life.
 */
final class Steps {

    /** How often {@link #tick} is due. */
    static final Duration TICK = Duration.ofSeconds(15);

    private static final String COUNT = "steps: ";
    private static final String STEP = "step: ";
    private static final String DONE = "done: ";

    private final String what;
    private final Run run;
    private int number;
    private String count = "";
    private String step = "";
    private String talk = "";
    private Instant since;

    /** Of a script that makes {@code what}. */
    Steps(String what, Run run) {
        this.what = what;
        this.run = run;
        this.since = run.clock().instant();
    }

    /** Takes a line. */
    synchronized void take(String line) {
        if (line.startsWith(COUNT)) {
            count = " of " + line.substring(COUNT.length());
        } else if (line.startsWith(STEP)) {
            step = line.substring(STEP.length());
            number++;
            talk = "";
            since = run.clock().instant();
            run.progress(what, text());
        } else if (line.startsWith(DONE)) {
            run.note(line);
        } else if (!line.isBlank()) {
            talk = line.strip();
        }
    }

    /** Shows that it still runs. */
    synchronized void tick() {
        run.progress(
                what,
                text() + ", for "
                        + Seconds.text(Duration.between(since, run.clock().instant()))
                        + (talk.isEmpty() ? "" : ": " + talk));
    }

    /** The step that runs; empty before the first. */
    synchronized String step() {
        return step;
    }

    private String text() {
        return step.isEmpty() ? "it starts" : "step " + number + count + ", " + step;
    }

    /** Whether a line is about steps, and so none that explains a failure. */
    static boolean isOne(String line) {
        return line.startsWith(STEP) || line.startsWith(COUNT);
    }
}
