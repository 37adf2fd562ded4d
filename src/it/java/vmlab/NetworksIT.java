package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two networks, two families of addresses, two nodes, and names: seen from the host, from a node, and from pods. */
@Tag("long")
@WithinMinutes(40)
class NetworksIT {

    private static final String IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.63.0";

    @Test
    void nodesPodsAndServicesHaveTwoAddressesAndNamesLeadToThem() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lab-it");
        LabCommand lab = new LabCommand(home);
        try {
            LabCommand.Result up = lab.run("up", "labs/dual-stack.yaml", "--image", "images/debian-standin.yaml");
            assertThat(up.exit()).as(up.err()).isZero();
            System.out.println(up.err());
            assertThat(lab.run("status", "dual-stack").out()).contains("running", "storage 10.");

            String node = onNode(lab, "ip -br addr; ip route; ip -6 route; cat /etc/resolv.conf");
            System.out.println(node);
            assertThat(node).containsPattern("eth0 .*10\\.77.* fd").containsPattern("eth1 .*10\\.");
            assertThat(node.lines().filter(line -> line.startsWith("default")))
                    .as("one way out per family, none of them over the second network")
                    .hasSize(2)
                    .allMatch(line -> line.contains("dev eth0"));
            // The node's own /etc/hosts would answer too, so the lab's name server is asked by name.
            String names = onNode(
                    lab,
                    "server=$(sed -n 's/^nameserver //p' /etc/resolv.conf); for name in cp cp.storage; do"
                            + " busybox nslookup $name.dual-stack.lab $server; done");
            System.out.println(names);
            assertThat(names).contains("fd", "Name:\tcp.storage.dual-stack.lab");

            Path kubeconfig = home.resolve("labs/dual-stack/kubeconfig");
            try (KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                    .build()) {
                fromAPod(client);
            }
        } finally {
            lab.run("down", "dual-stack");
        }
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    private static String onNode(LabCommand lab, String command) throws IOException, InterruptedException {
        return lab.run("ssh", "dual-stack", "--", command).out();
    }

    private static void fromAPod(KubernetesClient client) throws InterruptedException {
        assertThat(client.nodes().withName("cp").get().getStatus().getAddresses().stream()
                        .filter(address -> address.getType().equals("InternalIP")))
                .as("the node's addresses")
                .hasSize(2);
        var pods = client.pods().inNamespace("default");
        for (String node : List.of("cp", "w1")) {
            pods.resource(server(node)).create();
        }
        Service service = client.services()
                .inNamespace("default")
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("two")
                        .endMetadata()
                        .withNewSpec()
                        .withIpFamilyPolicy("RequireDualStack")
                        .withSelector(Map.of("app", "two"))
                        .addNewPort()
                        .withPort(80)
                        .withNewTargetPort(8080)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        assertThat(service.getSpec().getClusterIPs()).hasSize(2).anyMatch(address -> address.startsWith("fd01:"));

        List<String> sixes = new ArrayList<>();
        for (String node : List.of("cp", "w1")) {
            List<String> addresses =
                    pods.withName("on-" + node).waitUntilReady(5, TimeUnit.MINUTES).getStatus().getPodIPs().stream()
                            .map(PodIP::getIp)
                            .toList();
            assertThat(addresses).hasSize(2);
            sixes.add(addresses.stream()
                    .filter(address -> address.startsWith("fd00:"))
                    .findFirst()
                    .orElseThrow());
        }
        System.out.println(sixes + " " + service.getSpec().getClusterIPs());

        // Each pod reaches itself and the one on the other node.
        for (String six : sixes) {
            assertConnects(client, "on-cp", "[" + six + "]:8080");
            assertConnects(client, "on-w1", "[" + six + "]:8080");
        }
        assertConnects(client, "on-w1", "cp.dual-stack.lab:22");
        assertConnects(client, "on-w1", "cp.storage.dual-stack.lab:22");
        String six = service.getSpec().getClusterIPs().stream()
                .filter(address -> address.contains(":"))
                .findFirst()
                .orElseThrow();
        assertConnects(client, "on-w1", "[" + six + "]:80");
        // By its IPv6 address, the node is outside the pods' network.
        String node = client.nodes().withName("cp").get().getStatus().getAddresses().stream()
                .map(address -> address.getAddress())
                .filter(address -> address.contains(":"))
                .findFirst()
                .orElseThrow();
        assertConnects(client, "on-w1", "[" + node + "]:22");
    }

    private static Pod server(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("on-" + node)
                .withLabels(Map.of("app", "two"))
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("server")
                .withImage(IMAGE)
                .withImagePullPolicy("Never")
                .withArgs("netexec", "--http-port=8080")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void assertConnects(KubernetesClient client, String from, String to) throws InterruptedException {
        String last = "never tried";
        for (int attempt = 0; attempt < 10; attempt++) {
            var error = new ByteArrayOutputStream();
            try (var exec = client.pods()
                    .inNamespace("default")
                    .withName(from)
                    .writingError(error)
                    .exec("/agnhost", "connect", "--timeout=10s", to)) {
                Integer exit = exec.exitCode().orTimeout(60, TimeUnit.SECONDS).join();
                if (exit == 0) {
                    System.out.println(from + " connects to " + to);
                    return;
                }
                last = exit + " " + error;
            }
            Thread.sleep(2000);
        }
        throw new AssertionError(from + " can't connect to " + to + ": " + last);
    }
}
