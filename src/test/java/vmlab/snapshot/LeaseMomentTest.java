package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading;

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

    @Test
    void theMomentIsFoundByWhatTheApiSaidBeforeIt() {
        Instant[] now = {Instant.parse("2026-11-27T12:00:03Z")};
        List<String> renewals = new ArrayList<>(List.of("2026-11-27T12:00:00.5Z", "2026-11-27T12:00:10.5Z"));
        var moment = new LeaseMoment(() -> Map.of("cp", renewals.removeFirst()), () -> now[0]);

        assertThat(moment.read()).isInstanceOf(Reading.NotYet.class);
        now[0] = Instant.parse("2026-11-27T12:00:09.3Z");
        assertThat(moment.read()).as("too soon").isInstanceOf(Reading.NotYet.class);
        now[0] = Instant.parse("2026-11-27T12:00:09.5Z");
        assertThat(moment.read()).isEqualTo(new Reading.Ready<>(Map.of("cp", "2026-11-27T12:00:00.5Z")));
        assertThat(renewals).as("asked once").hasSize(1);

        now[0] = Instant.parse("2026-11-27T12:00:11Z");
        assertThat(moment.read()).as("renewed by now").isInstanceOf(Reading.NotYet.class);
        now[0] = Instant.parse("2026-11-27T12:00:19.5Z");
        assertThat(moment.read()).isInstanceOf(Reading.Ready.class);
    }

    private static List<Duration> ages(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(age -> Duration.ofMillis((long) (age * 1000)))
                .toList();
    }
}
