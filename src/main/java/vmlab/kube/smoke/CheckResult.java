package vmlab.kube.smoke;

import java.time.Duration;

/**
 * How one check ended.
 *
 * @param evidence what was seen; for a failed one also what the pods and their events say
 */
public record CheckResult(String name, Status status, Duration took, String evidence) {

    /** The three ways to end. */
    public enum Status {
        /** The cluster does it. */
        PASSED,
        /** It does not. */
        FAILED,
        /** Not tried, because one that it needs did not pass. */
        SKIPPED
    }

    /** Whether the cluster does it. */
    public boolean passed() {
        return status == Status.PASSED;
    }
}
