package vmlab.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final String HALTED =
            "CPU#0\nRIP=00000000000e7d4c RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1\n";

    @Test
    void aSecondHasTwentyLooksAndTenMinutesNoMoreThanFourThousand() {
        assertThat(Sampling.of(Duration.ofSeconds(20)).looks()).isEqualTo(400);
        assertThat(Sampling.of(Duration.ofMinutes(10)).looks()).isEqualTo(4000);
    }

    @Test
    void noMoreLooksAreTakenThanAreAllowed() throws InterruptedException {
        List<Integer> told = new ArrayList<>();
        Samples samples = new Sampling(Duration.ofMillis(100), 5).take(() -> HALTED, told::add);
        assertThat(samples.states()).hasSizeBetween(1, 5);
        assertThat(told).hasSameSizeAs(samples.states()).startsWith(1);
    }

    @Test
    void aSlowMonitorMakesForFewerLooksNotForALongerTime() throws InterruptedException {
        long begin = System.nanoTime();
        Samples samples = new Sampling(Duration.ofMillis(500), 500)
                .take(
                        () -> {
                            sleep(Duration.ofMillis(200));
                            return HALTED;
                        },
                        look -> {});
        assertThat(samples.states()).hasSizeBetween(1, 3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
