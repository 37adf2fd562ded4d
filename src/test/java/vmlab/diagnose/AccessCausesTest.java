package vmlab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessCausesTest {

    /** An API that took the connection and did not answer in time is slow: no firewall would have let it through. */
    @Test
    void anApiThatIsSlowIsNotBlamedOnAFirewall() {
        Evidence filtered = Recorded.of("api-unreachable-from-host").evidence();
        Map<Source, String> texts = new HashMap<>(filtered.texts());
        texts.put(Source.CLUSTER, "API does not answer");

        Evidence slow = new Evidence(
                filtered.node(), filtered.address(), filtered.machine(), filtered.host(), filtered.events(), texts);

        assertThat(Diagnosis.of(slow).findings()).isEmpty();
    }
}
