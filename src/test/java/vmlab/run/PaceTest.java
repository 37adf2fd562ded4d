package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @ParameterizedTest(name = "{0} times as fast: {1}")
    @CsvSource({"1, PT15M", "0.5, PT30M", "1.25, PT12M", "2, PT7M30S", "10, PT7M30S", "0.25, PT1H", "0.01, PT1H"})
    void aSlowMachineIsWaitedForLongerAFastOneShorterWithinReason(double speed, Duration limit) {
        assertThat(Pace.ofSpeed(speed).of(Duration.ofMinutes(15))).isEqualTo(limit);
    }
}
