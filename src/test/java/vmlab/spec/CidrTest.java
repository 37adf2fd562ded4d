package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    private final Cidr lab = Cidr.parse("10.77.0.0/24");

    @Test
    void itCountsItsAddressesFromEitherEnd() {
        assertThat(lab.host(1)).isEqualTo(Inet4Address.ofLiteral("10.77.0.1"));
        assertThat(lab.host(-1)).isEqualTo(Inet4Address.ofLiteral("10.77.0.255"));
        assertThat(Cidr.parse("10.77.0.0/16").host(256)).isEqualTo(Inet4Address.ofLiteral("10.77.1.0"));
        assertThatThrownBy(() -> lab.host(256)).hasMessageContaining("10.77.0.0/24 has no address number 256");
    }

    @Test
    void itKnowsItsSizeAndMask() {
        assertThat(lab.size()).isEqualTo(256);
        assertThat(lab.netmask()).isEqualTo("255.255.255.0");
        assertThat(Cidr.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThat(Cidr.parse("0.0.0.0/0").netmask()).isEqualTo("0.0.0.0");
        assertThat(lab).hasToString("10.77.0.0/24");
    }

    @Test
    void itKnowsWhatLiesWithinIt() {
        assertThat(lab.contains(Inet4Address.ofLiteral("10.77.0.200"))).isTrue();
        assertThat(lab.contains(Inet4Address.ofLiteral("10.77.1.0"))).isFalse();
        assertThat(Cidr.parse("200.0.0.0/8").contains(Inet4Address.ofLiteral("200.9.9.9")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.0.0/24, true",
        "10.77.0.128/25, true",
        "10.0.0.0/8, true",
        "10.77.1.0/24, false",
        "0.0.0.0/0, true"
    })
    void itKnowsWhatOverlaps(String other, boolean overlaps) {
        assertThat(lab.overlaps(Cidr.parse(other))).isEqualTo(overlaps);
        assertThat(Cidr.parse(other).overlaps(lab)).isEqualTo(overlaps);
    }

    @Test
    void anAddressInANetworkIsAnsweredWithTheNetworkThatWasMeant() {
        assertThatThrownBy(() -> Cidr.parse("10.77.3.5/23"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("did you mean the network 10.77.2.0/23?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.77.0.0", "10.77.0/24", "10.77.0.0/33", "10.777.0.0/24", "010.1.0.0/16", "fd00::/64", "x"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("10.77.0.0/24");
    }
}
