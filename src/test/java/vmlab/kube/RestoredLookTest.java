package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading;

/** When a cluster that goes on where it stood is known to be alive; its API is one that says what it is told. */
class RestoredLookTest {

    private static final String BEFORE = "2026-11-26T12:00:00.000000Z";
    private static final String SINCE = "2026-11-26T12:00:10.000000Z";

    private final AtomicReference<String> ready = new AtomicReference<>("True");
    private final AtomicReference<String> watched = new AtomicReference<>("");
    private final List<String> heard = new ArrayList<>();
    private HttpsServer server;
    private Kubeconfig access;

    @BeforeEach
    void anApi() throws Exception {
        ClusterKeys keys = ClusterKeys.create();
        server = ClusterTls.server(keys);
        server.createContext("/", exchange -> {
            String asked = exchange.getRequestURI().toString();
            String answer = asked.contains("/nodes")
                    ? """
                    {"items": [{"metadata": {"name": "cp"}, "status": {"conditions": [{"type": "Ready", "status": "%s"}]}}]}
                    """.formatted(ready.get())
                    : asked.contains("watch=true")
                            ? watched.get()
                            : "{\"items\": [" + lease("cp", "cp", BEFORE) + ","
                                    + lease("k0s-endpoint-reconciler", "cp", SINCE) + "]}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        access = keys.adminKubeconfig("demo", ClusterTls.url(server));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String lease(String name, String holder, String renewed) {
        return """
                {"metadata": {"name": "%s"}, "spec": {"holderIdentity": "%s", "renewTime": "%s"}}""".formatted(name, holder, renewed);
    }

    private static String event(String lease) {
        return "{\"type\": \"MODIFIED\", \"object\": " + lease + "}\n";
    }

    private Reading<String> look() throws Exception {
        return new RestoredLook(access, Map.of("cp", BEFORE), heard::add).read();
    }

    @Test
    void onlyTheNodesOwnLeasesCount() throws Exception {
        assertThat(RestoredLook.leases(access)).isEqualTo(Map.of("cp", BEFORE));
    }

    @Test
    void aNodeCountsOnceItHasRenewedItsLease() throws Exception {
        watched.set(event(lease("cp", "cp", BEFORE)));
        assertThat(look()).isInstanceOfSatisfying(Reading.NotYet.class, not -> assertThat(not.why())
                .contains("no lease was renewed yet by cp"));
        assertThat(heard).isEmpty();

        watched.set(event(lease("cp", "cp", BEFORE)) + event(lease("cp", "cp", SINCE)));
        assertThat(look()).isInstanceOf(Reading.Ready.class);
        assertThat(heard).containsExactly("cp");
    }

    @Test
    void oneThatIsNotReadyIsAwaitedThoughItLives() throws Exception {
        ready.set("False");
        watched.set(event(lease("cp", "cp", SINCE)));

        assertThat(look()).isInstanceOf(Reading.NotYet.class);
    }

    @Test
    void anApiThatIsSilentIsAsked() throws Exception {
        server.stop(0);

        assertThat(look()).isInstanceOfSatisfying(Reading.NotYet.class, not -> assertThat(not.why())
                .contains("the API does not answer"));
    }
}
