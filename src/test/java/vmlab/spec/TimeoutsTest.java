package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "5m, PT5M", "1h30m, PT1H30M", "1h0m5s, PT1H5S"})
    void hoursMinutesAndSecondsAreUnderstood(String text, Duration duration) {
        assertThat(Timeouts.parse(text)).isEqualTo(duration);
    }

    @Test
    void onlyWhatTheFileLeavesOpenDependsOnTheMachine() {
        Timeouts said = new Timeouts(Optional.of(Duration.ofSeconds(90)), Optional.empty(), Optional.empty());

        assertThat(said.limits(usual -> usual.multipliedBy(2)))
                .isEqualTo(new Limits(Duration.ofSeconds(90), Duration.ofMinutes(30), Duration.ofMinutes(4)));
        assertThat(Timeouts.UNSAID.limits(UnaryOperator.identity())).isEqualTo(Limits.USUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "300, write 300s or 300m",
        "5min, is no duration",
        "30m1h, is no duration",
        "'', is no duration",
        "0s, out of range",
        "25h, 1s to 24h"
    })
    void anythingElseIsRefused(String text, String said) {
        assertThatThrownBy(() -> Timeouts.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(said);
    }
}
