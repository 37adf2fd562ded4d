package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Event;
import vmlab.run.Reading;
import vmlab.run.Run;

/** A watch at an API that has a machine, its pod and a gateway; each says its words once. */
class ClusterWatchTest {

    private static final String PODS = "/api/v1/namespaces/lab-far/pods";

    @TempDir
    private Path folder;

    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Instant soon = Instant.now().plusSeconds(60);
        answer("/apis/kubevirt.io/v1/namespaces/lab-far/virtualmachineinstances", """
                {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstanceList", "metadata": {"resourceVersion": "1"}, "items": [
                  {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance", "metadata": {"name": "cp", "namespace": "lab-far", "uid": "1"},
                   "status": {"phase": "Running"}},
                  {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance", "metadata": {"name": "w1", "namespace": "lab-far", "uid": "2",
                   "deletionTimestamp": "2026-01-01T00:02:00Z"}, "status": {"phase": "Failed"}},
                  {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachineInstance", "metadata": {"name": "w2", "namespace": "lab-far", "uid": "3"},
                   "status": {"phase": "Failed"}}]}
                """, false);
        answer(PODS, """
                {"apiVersion": "v1", "kind": "PodList", "items": [
                  {"metadata": {"name": "before", "creationTimestamp": "2026-01-01T00:00:00Z"}, "status": {"phase": "Succeeded"}},
                  {"metadata": {"name": "launcher", "creationTimestamp": "2026-01-01T00:01:00Z"}, "status": {"phase": "Running"}}]}
                """, false);
        answer(PODS + "/launcher/log", "lab: sshd\nlogin:", true);
        answer(PODS + "/gateway/log", """
                dnsmasq: started
                {"event":"Leased","at":"%s","node":"cp","mac":"52:54:00:00:00:01","address":"10.77.0.11"}
                {"event":"Leased","at":"2020-01-01T00:00:00Z","node":"cp","mac":"52:54:00:00:00:01","address":"10.77.0.11"}
                """.formatted(soon), true);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private void answer(String path, String text, boolean once) {
        server.createContext(path, exchange -> {
            boolean isThis = exchange.getRequestURI().getPath().equals(path);
            boolean isWatch =
                    String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
            boolean isSaid = once && !said.add(path);
            send(exchange, !isThis ? 404 : 200, isWatch || isSaid ? "" : text);
        });
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void machinesTheirConsolesAndTheGatewayAreToldOf() throws InterruptedException {
        Path console = folder.resolve("cp.serial.log");

        try (ClusterWatch watch = new ClusterWatch(client, "lab-far", Map.of("cp", console), events::add)) {
            new Run(event -> {})
                    .await("", "word of all", Duration.ofSeconds(60))
                    .until(() -> events.size() >= 4 && Files.exists(console)
                            ? new Reading.Ready<>("")
                            : new Reading.NotYet<>(events.toString()));
        }

        assertThat(events).hasSize(4);
        assertThat(events)
                .filteredOn(Event.Lifecycle.class::isInstance)
                .extracting(Event::toString)
                .satisfiesExactlyInAnyOrder(
                        cp -> assertThat(cp).contains("cp", "started", "running"),
                        cut -> assertThat(cut).contains("w1", "stopped", "destroyed"),
                        crashed -> assertThat(crashed).contains("w2", "stopped", "failed"));
        assertThat(events)
                .filteredOn(Event.Leased.class::isInstance)
                .as("what is older than the watch was told before")
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains("10.77.0.11"));
        assertThat(console).hasContent("lab: sshd\nlogin:");
    }
}
