package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** When a cluster is let stand still. */
class LeaseMomentTest {

    @Test
    void oneNodeStandsStillShortlyBeforeItsLeaseIsDue() {
        assertThat(LeaseMoment.isGood(ages(9.2))).isTrue();
        assertThat(LeaseMoment.isGood(ages(5)))
                .as("it would be renewed only after 5 s")
                .isFalse();
        assertThat(LeaseMoment.isGood(ages(9.8)))
                .as("it may be renewed while others are paused")
                .isFalse();
        assertThat(LeaseMoment.isGood(List.of())).isFalse();
    }

    @Test
    void ofSeveralNodesTheLastOneIsToRenewAsSoonAsItCan() {
        assertThat(LeaseMoment.isGood(ages(9.2, 7.2)))
                .as("one after 0.8 s, the other after 2.8")
                .isTrue();
        assertThat(LeaseMoment.isGood(ages(9.2, 1.2)))
                .as("8 s after the first, where the other order takes 2")
                .isFalse();
        assertThat(LeaseMoment.isGood(ages(1.2, 9.2, 8.2))).isFalse();
        assertThat(LeaseMoment.isGood(ages(9.2, 7.2, 6.2))).isTrue();
    }

    private static List<Duration> ages(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(age -> Duration.ofMillis((long) (age * 1000)))
                .toList();
    }
}
