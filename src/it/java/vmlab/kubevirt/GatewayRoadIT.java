package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.WithinMinutes;
import vmlab.boot.BootConfig;
import vmlab.engine.Road;
import vmlab.gateway.GatewayImage;
import vmlab.plan.Mark;
import vmlab.registry.ContainerStore;
import vmlab.run.Environment;
import vmlab.run.Program;
import vmlab.run.Run;

/**
 * The way to nodes through a gateway's pod, on a real kubelet: that of a lab, whose node is both what carries the pod and what is to be
 * reached. There is no Multus, so the pod has no second card, and of the gateway nothing but its boot server runs.
 */
@Tag("long")
@WithinMinutes(25)
class GatewayRoadIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Place NETWORK = new Place("lab-far", Place.FIRST);
    private static final Mark MARK = new Mark("far", "id-1", "/home/me/labs", "", "", "1");

    @TempDir
    private Path folder;

    @AfterEach
    void down() throws Exception {
        lab("down", "road");
    }

    private Program.Said lab(String... arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(Path.of("scripts/lab").toAbsolutePath().toString(), "--connect", "embedded"));
        words.addAll(List.of(arguments));
        ProcessBuilder lab = Environment.process(words);
        lab.environment().put("LAB_HOME", folder.resolve("home").toString());
        return new Program(lab, Duration.ofMinutes(20)).run();
    }

    @Test
    void nodesAreReachedThroughTheApiServerAndThePodsLoopback() throws Exception {
        Path cluster = Files.writeString(folder.resolve("road.yaml"), """
                apiVersion: lab/v1
                name: road
                image: %s
                golden: never
                nodes: [{name: cp, role: single, memory: 3GiB}]
                """.formatted(
                        Path.of("images/debian-standin.yaml").toAbsolutePath()));
        assertThat(lab("up", cluster.toString()).exit()).isZero();
        Path own = folder.resolve("home/labs/road");
        String node = BootConfig.read(own.resolve("boot.json")).apiAddress();
        Config access = Config.fromKubeconfig(Files.readString(own.resolve("kubeconfig")));

        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(access).build();
                Road road = GatewayRoad.into(client, NETWORK.namespace())) {
            run(client, node);

            assertThat(road.isOpen(new InetSocketAddress(node, 22), LIMIT)).isTrue();
            assertThat(road.isOpen(new InetSocketAddress(node, 6443), LIMIT)).isTrue();
            assertThat(road.isOpen(new InetSocketAddress(node, 1), LIMIT)).isFalse();
            assertThat(road.isOpen(new InetSocketAddress("10.244.0.1", 22), LIMIT))
                    .as("no node")
                    .isFalse();
            assertThat(firstLine(road.to(new InetSocketAddress(node, 22)))).startsWith("SSH-2.0-");
        }
    }

    private static String firstLine(InetSocketAddress at) throws IOException {
        try (Socket socket = new Socket(at.getAddress(), at.getPort());
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            return lines.readLine();
        }
    }

    /** The gateway's pod as labs have it, but for what needs a second card. */
    private static void run(KubernetesClient client, String node) throws InterruptedException {
        ContainerStore store = new ContainerStore(RealApi.cache());
        String image = new GatewayImage(store, RealApi.cache(), Path.of("").toAbsolutePath())
                .of(List.of(), new Run(event -> {}))
                .name();
        BootConfig config = new BootConfig(
                "far",
                "127.0.0.1",
                8069,
                List.of(new BootConfig.Client("cp", "52:54:00:00:00:01", node, "/none", "pxe", "")),
                "/tmp/events.jsonl",
                "",
                node,
                List.of(),
                List.of(),
                false,
                false);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NETWORK.namespace())
                        .endMetadata()
                        .build())
                .create();
        client.resource(new ServiceAccountBuilder()
                        .withMetadata(Signs.on(MARK, NETWORK.namespace(), GatewayObjects.NAME)
                                .build())
                        .build())
                .create();
        client.resource(new ConfigMapBuilder()
                        .withMetadata(Signs.on(MARK, NETWORK.namespace(), GatewayObjects.NAME)
                                .build())
                        .withData(Map.of("boot.json", config.json()))
                        .build())
                .create();
        Pod pod = new PodBuilder(GatewayObjects.pod(NETWORK, MARK, "10.77.0.1/24", image, Settings.USUAL))
                .editSpec()
                .editFirstContainer()
                .withCommand(
                        "/opt/lab/runtime/bin/java",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        "/opt/lab/lab.jar:/opt/lab/lib/*",
                        "vmlab.gateway.Gateway",
                        "/etc/lab/boot.json")
                .endContainer()
                .endSpec()
                .build();
        client.resource(pod).create();
        client.pods()
                .inNamespace(NETWORK.namespace())
                .withName(GatewayObjects.NAME)
                .waitUntilReady(8, TimeUnit.MINUTES);
    }
}
