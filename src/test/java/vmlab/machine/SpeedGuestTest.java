package vmlab.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it measures")
class SpeedGuestTest {

    @Test
    void theListingIsTheWholeGuest() {
        assertThat(SpeedGuest.code()).hasSize(288).startsWith(0xFA, 0x2E).endsWith(0x6B, 0xC0, 0x11, 0xC3);
    }

    @Test
    void twoMeasurementsAgree() throws Exception {
        Needs.programs("qemu-system-x86_64");
        Duration one = SpeedGuest.shortestRound();
        Duration other = SpeedGuest.shortestRound();

        assertThat(one).isBetween(Duration.ofNanos(100_000), Duration.ofMillis(100));
        assertThat((double) one.toNanos() / other.toNanos()).isBetween(0.6, 1.7);
    }
}
