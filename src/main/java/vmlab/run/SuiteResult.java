package vmlab.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a suite ended.
 *
 * @param checks in the order in which the suite lists them
 */
public record SuiteResult(String suite, List<CheckResult> checks, Duration took) {

    /** Whether checks passed and none failed. */
    public boolean passed() {
        return with(Outcome.FAILED).isEmpty() && !with(Outcome.PASSED).isEmpty();
    }

    /** The same with one check more, which took its own time. */
    public SuiteResult with(CheckResult more) {
        List<CheckResult> all = new ArrayList<>(checks);
        all.add(more);
        return new SuiteResult(suite, List.copyOf(all), took.plus(more.took()));
    }

    /** Those that ended so. */
    public List<CheckResult> with(Outcome status) {
        return checks.stream().filter(check -> check.status() == status).toList();
    }

    /** One line for people: {@code 11 of 11 checks passed}, and how many were skipped where some were. */
    public String summary() {
        int skipped = with(Outcome.SKIPPED).size();
        return with(Outcome.PASSED).size() + " of " + checks.size() + " checks passed"
                + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }
}
