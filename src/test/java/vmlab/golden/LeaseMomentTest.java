package vmlab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** When a cluster is let stand still. */
class LeaseMomentTest {

    @Test
    void oneNodeStandsStillShortlyBeforeItsLeaseIsDue() {
        assertThat(LeaseMoment.isGood(ages(8.5))).isTrue();
        assertThat(LeaseMoment.isGood(ages(5)))
                .as("it would be renewed only after 5 s")
                .isFalse();
        assertThat(LeaseMoment.isGood(ages(9.6)))
                .as("it may be renewed while others are paused")
                .isFalse();
        assertThat(LeaseMoment.isGood(List.of())).isFalse();
    }

    @Test
    void ofSeveralNodesTheLastOneIsToRenewAsSoonAsItCan() {
        assertThat(LeaseMoment.isGood(ages(8.5, 6.5)))
                .as("one after 1.5 s, the other after 3.5")
                .isTrue();
        assertThat(LeaseMoment.isGood(ages(8.5, 0.5)))
                .as("8 s after the first, where the other order takes 2")
                .isFalse();
        assertThat(LeaseMoment.isGood(ages(0.5, 8.5, 7.5))).isFalse();
        assertThat(LeaseMoment.isGood(ages(8.5, 6.5, 5.5))).isTrue();
    }

    private static List<Duration> ages(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(age -> Duration.ofMillis((long) (age * 1000)))
                .toList();
    }
}
