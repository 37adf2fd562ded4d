package vmlab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.spec.InvalidValue;

/** What nft is told, and what is read out of its answer; with the kernel itself: {@link LinkFaultsTest}. */
class NftTableTest {

    private static final Faults ALL =
            new Faults(Optional.of(Loss.parse("10%")), Optional.of(Rate.parse("10mbit")), new TreeSet<>(List.of("w1")));

    @Test
    void whatARuleIsForIsReadBackFromItsComment() {
        assertThat(NftTable.read("""
                        {"nftables": [{"metainfo": {"version": "1.0.6"}},
                         {"chain": {"name": "vnet3-from"}},
                         {"rule": {"chain": "vnet3-from", "comment": "partition w1", "expr": []}},
                         {"rule": {"chain": "vnet3-from", "comment": "loss 10%", "expr": []}},
                         {"rule": {"chain": "vnet3-from", "comment": "rate 10mbit", "expr": []}},
                         {"rule": {"chain": "vnet3-to", "comment": "loss 50%", "expr": []}}]}
                        """)).isEqualTo(Map.of("vnet3", ALL));
        assertThat(NftTable.read("Error: no such table")).isEmpty();
    }

    @Test
    void whatIsAskedForComesToWhatIsThere() {
        Faults more = new Faults(Optional.of(Loss.parse("0.5%")), Optional.empty(), new TreeSet<>(List.of("w2")));

        assertThat(ALL.and(more).words()).containsExactly("partition w1", "partition w2", "loss 0.5%", "rate 10mbit");
        assertThat(Faults.NONE.words()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "101%", "-1%", "1.55%", "ten%", "%", "1000%"})
    void aLossThatIsNone(String text) {
        assertThatThrownBy(() -> Loss.parse(text)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0mbit", "10Mbps", "1.5mbit", "10mbit; drop", ""})
    void aRateThatIsNone(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(InvalidValue.class);
    }
}
