package vmlab.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vmlab.diagnose.Finding;

/**
 * What came of a fault.
 *
 * @param expected the cause that it is
 * @param cause the cause that a diagnosis named first
 * @param told what the wait said when it ended
 * @param afterPowerOn when that was, in seconds
 * @param afterEvidence the same from when the evidence was there; null where nothing tells when that was
 * @param limit after how many seconds the wait would have ended in any case
 */
record Verdict(
        String fault,
        String expected,
        String cause,
        String evidence,
        String told,
        double afterPowerOn,
        @Nullable Double afterEvidence,
        long limit) {

    static Verdict of(
            Fault fault, Optional<Finding> found, String told, Instant on, Instant end, Optional<Instant> evidence) {
        return new Verdict(
                fault.id(),
                fault.expected(),
                found.map(Finding::cause).orElse("none"),
                found.map(Finding::evidence).orElse(""),
                told,
                seconds(on, end),
                evidence.map(there -> seconds(there, end)).orElse(null),
                FaultyLab.LIMIT.toSeconds());
    }

    static Verdict none(Fault fault, String why) {
        return new Verdict(fault.id(), fault.expected(), "none", "", why, 0, null, 0);
    }

    private static double seconds(Instant from, Instant to) {
        return Math.round(Duration.between(from, to).toMillis() / 100.0) / 10.0;
    }
}
