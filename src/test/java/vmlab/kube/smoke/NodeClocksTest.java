package vmlab.kube.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeClocksTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static ClockReading reading(String node, long offset, long roundTrip) {
        return ClockReading.of(node, NOON, NOON.plusMillis(offset + roundTrip / 2), NOON.plusMillis(roundTrip));
    }

    @Test
    void aTimeAsGoWritesItIsRead() {
        assertThat(NodeClocks.time("2026-01-01 12:00:00.5 +0000")).isEqualTo(NOON.plusMillis(500));
        assertThat(NodeClocks.time("2026-01-01 14:00:00 +0200")).isEqualTo(NOON);
    }

    @Test
    void clocksThatAgreeWithinASecondPassAndAreTold() {
        assertThat(NodeClocks.judge(List.of(reading("cp", -400, 40), reading("w1", 300, 20))))
                .isEqualTo("cp -0.40 s ± 0.02, w1 +0.30 s ± 0.01 against this host");
    }

    @Test
    void twoThatAreFurtherApartAreNamed() {
        assertThatThrownBy(() -> NodeClocks.judge(List.of(reading("cp", -700, 40), reading("w1", 700, 40))))
                .hasMessageContaining("the clocks of cp and w1 are more than a second apart");
    }

    @Test
    void aNodeThatSleptIsNamedAlone() {
        assertThatThrownBy(() -> NodeClocks.judge(List.of(reading("cp", -90_000, 40))))
                .hasMessageContaining("cp's clock is off");
    }

    @Test
    void aSlowAnswerIsNoProofOfAWrongClock() {
        assertThat(NodeClocks.judge(List.of(reading("cp", 0, 20), reading("w1", -1500, 3000))))
                .contains("w1 -1.50 s ± 1.50");
    }

    @Test
    void severalAnswersNarrowItDown() {
        ClockReading both = reading("cp", 100, 1000).and(reading("cp", 110, 20));
        assertThat(both.most().minus(both.least())).isEqualTo(Duration.ofMillis(20));
    }
}
