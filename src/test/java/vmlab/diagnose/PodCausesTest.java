package vmlab.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;

class PodCausesTest {

    private static Event asked(String image, int status) {
        return new Event.Served(
                Instant.EPOCH, "cp", "/v2/" + image + "/manifests/1?ns=r.example", status, 0, Duration.ZERO);
    }

    @Test
    void allImagesThatNobodyHasAreNamedAndTheirCure() {
        Evidence evidence = new Evidence(
                "cp",
                "10.77.0.11",
                "running",
                new Evidence.Host(1L << 33, 1L << 35),
                List.of(asked("one", 403), asked("two", 403), asked("came", 403), asked("came", 200)),
                Map.of());

        assertThat(PodCauses.ALL.getFirst().detector().find(evidence))
                .contains("nobody has r.example/one:1, r.example/two:1;"
                        + " lab images pull r.example/one:1 r.example/two:1, or lab load an archive");
    }
}
