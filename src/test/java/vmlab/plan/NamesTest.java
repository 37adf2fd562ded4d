package vmlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void whatALabIsCalledIsTheSameInEachVersion() {
        assertThat(Names.network("demo")).isEqualTo("lab-demo");
        assertThat(Names.network("demo", "storage")).isEqualTo("lab-demo.storage");
        assertThat(Names.domain("demo", "cp")).isEqualTo("lab-demo.cp");
    }

    @Test
    void macsAreQemusAndEachCardHasItsOwn() {
        assertThat(Names.mac("demo", "cp"))
                .matches("52:54:00(:[0-9a-f]{2}){3}")
                .isNotEqualTo(Names.mac("demo", "cp", "storage"))
                .isNotEqualTo(Names.mac("demo", "w"));
        assertThat(Names.mac("demo", "cp", "storage"))
                .matches("52:54:00(:[0-9a-f]{2}){3}")
                .isNotEqualTo(Names.mac("demo", "cp", "backup"));
    }

    @Test
    void partsThatRunTogetherAreStillTwo() {
        assertThat(Names.mac("ab", "c")).isNotEqualTo(Names.mac("a", "bc"));
        assertThat(Names.uuid("node", "ab", "c")).isNotEqualTo(Names.uuid("node", "a", "bc"));
    }

    @Test
    void uuidsAreOnesMadeOurOwnWay() {
        for (String node : new String[] {"cp", "w1", "w2", "w3", "w4", "w5", "w6", "w7"}) {
            var uuid = Names.uuid("node", "demo", node);
            assertThat(uuid.version()).isEqualTo(8);
            assertThat(uuid.variant()).isEqualTo(2);
        }
    }
}
