package vmlab.report;

import java.time.Duration;

/**
 * Something that happened at one moment, counted from the beginning of the run.
 *
 * @param node empty where it is about the whole lab
 */
public record Moment(Duration at, String node, String what, String text) {

    /** What and text in one line. */
    public String line() {
        return (what + " " + text).strip();
    }
}
