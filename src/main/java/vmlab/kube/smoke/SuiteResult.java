package vmlab.kube.smoke;

import java.time.Duration;
import java.util.List;

/**
 * How a suite ended.
 *
 * @param checks in the order in which the suite lists them
 */
public record SuiteResult(String suite, List<CheckResult> checks, Duration took) {

    /** Whether every check passed. */
    public boolean passed() {
        return checks.stream().allMatch(CheckResult::passed);
    }

    /** Those that ended so. */
    public List<CheckResult> with(CheckResult.Status status) {
        return checks.stream().filter(check -> check.status() == status).toList();
    }

    /** One line for people: {@code 11 of 11 checks passed}. */
    public String summary() {
        return with(CheckResult.Status.PASSED).size() + " of " + checks.size() + " checks passed";
    }
}
