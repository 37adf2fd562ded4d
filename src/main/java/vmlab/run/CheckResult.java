package vmlab.run;

import java.time.Duration;

/**
 * How one check ended.
 *
 * @param suite the suite that it is part of
 * @param evidence what was seen; for a failed one also what explains it, for a skipped one why it was not tried
 */
public record CheckResult(String suite, String name, Outcome status, Duration took, String evidence) {

    /** Whether what it looks for holds. */
    public boolean passed() {
        return status == Outcome.PASSED;
    }
}
