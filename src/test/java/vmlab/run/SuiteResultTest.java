package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuiteResultTest {

    private static SuiteResult of(Outcome... outcomes) {
        return new SuiteResult(
                "smoke",
                Stream.of(outcomes)
                        .map(outcome -> new CheckResult("smoke", "" + outcome, outcome, Duration.ZERO, ""))
                        .toList(),
                Duration.ZERO);
    }

    @Test
    void aSuitePassesWhereChecksPassedAndNoneFailed() {
        assertThat(of(Outcome.PASSED, Outcome.SKIPPED).passed()).isTrue();
        assertThat(of(Outcome.PASSED, Outcome.FAILED).passed()).isFalse();
        assertThat(of(Outcome.SKIPPED).passed()).isFalse();
        assertThat(of().passed()).isFalse();
    }

    @Test
    void theSummaryCountsAndNamesWhatWasSkippedOnlyWhereSomethingWas() {
        assertThat(of(Outcome.PASSED, Outcome.FAILED).summary()).isEqualTo("1 of 2 checks passed");
        assertThat(of(Outcome.PASSED, Outcome.SKIPPED, Outcome.SKIPPED).summary())
                .isEqualTo("1 of 3 checks passed, 2 skipped");
    }

    @Test
    void eachCheckIsFoundByHowItEnded() {
        assertThat(of(Outcome.PASSED, Outcome.FAILED).with(Outcome.FAILED))
                .extracting(CheckResult::passed)
                .containsExactly(false);
        assertThat(of(Outcome.PASSED, Outcome.FAILED).with(Outcome.PASSED))
                .extracting(CheckResult::passed)
                .containsExactly(true);
    }
}
