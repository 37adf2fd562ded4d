package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;

/**
 * Three controllers in one lab, of which one and then another fails. As few machines as show it, of which one also runs pods; with a
 * processor each, since six emulated ones on two real ones would mostly wait for one another.
 */
@Tag("long")
@WithinMinutes(40)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HaIT {

    private static final String CLUSTER = """
            apiVersion: lab/v1
            name: ha
            image: %s
            nodes:
              - {name: cp1, role: controller, cpus: 1, memory: 1536MiB}
              - {name: cp2, role: controller+worker, cpus: 1, memory: 2GiB, labels: {tier: fast},
                 taints: [dedicated=batch:PreferNoSchedule], kubeletArgs: [--max-pods=33]}
              - {name: cp3, role: controller, cpus: 1, memory: 1536MiB}
            tests: [smoke]
            timeouts: {boot: 15m, ready: 30m}
            """;

    private static Path home;
    private static LabCommand lab;

    @BeforeAll
    static void threeControllersComeUp() throws IOException, InterruptedException {
        home = Files.createTempDirectory("lab-it");
        lab = new LabCommand(home);
        Path file = home.resolve("ha.yaml");
        Files.writeString(
                file, CLUSTER.formatted(Path.of("images/debian-standin.yaml").toAbsolutePath()));
        LabCommand.Result up = lab.run("up", file.toString());
        Files.delete(file);
        System.out.println(up.err());
        assertThat(up.exit()).as(up.err()).isZero();
        System.out.println(lab.run("report", "ha").out());
    }

    @AfterAll
    static void downLeavesNothing() throws IOException, InterruptedException {
        assertThat(lab.run("down", "ha").exit()).isZero();
        Leftovers.assertNone(home);
        Leftovers.removeHome(home);
    }

    @Test
    @Order(1)
    void everyRoleIsWhatItSays() throws IOException, InterruptedException {
        try (KubeApi api = KubeApi.of(kubeconfig())) {
            var nodes = api.client().nodes().list().getItems();
            assertThat(nodes)
                    .as("a controller without pods is no node")
                    .extracting(node -> node.getMetadata().getName())
                    .containsExactly("cp2");
            assertThat(node(api, "cp2").getMetadata().getLabels()).containsEntry("tier", "fast");
            assertThat(node(api, "cp2").getSpec().getTaints()).singleElement().satisfies(taint -> {
                assertThat(taint.getKey()).isEqualTo("dedicated");
                assertThat(taint.getEffect()).isEqualTo("PreferNoSchedule");
            });
            assertThat(node(api, "cp2").getStatus().getCapacity().get("pods").getAmount())
                    .isEqualTo("33");
        }
        for (String controller : new String[] {"cp1", "cp2", "cp3"}) {
            String said = ssh(controller, "k0s etcd member-list; k0s status -o json; free -m | sed -n 2p");
            System.out.println(controller + ": " + said.lines().findFirst().orElse("") + " "
                    + said.lines().reduce((_, last) -> last).orElse(""));
            assertThat(said).contains("\"cp1\"", "\"cp2\"", "\"cp3\"", "\"Role\": \"controller\"");
        }
        assertThat(ssh("cp1", "k0s status -o json")).contains("\"Workloads\": false");
    }

    @Test
    @Order(2)
    void aControllerThatJoinedBroughtNoKeyWithIt() throws IOException, InterruptedException {
        assertThat(ssh("cp2", "find /config -name '*.key' -o -name 'controller-token*'; ls /var/lib/k0s/pki/ca.key"))
                .as("it pulled the CA's key; its disk has none but for its own host key")
                .isEqualTo("/var/lib/k0s/pki/ca.key\n");
        assertThat(ssh("cp2", "stat -c %a /etc/k0s/token /var/lib/k0s/pki/ca.key /var/lib/k0s/pki/etcd/ca.key"))
                .isEqualTo("600\n600\n600\n");
    }

    @Test
    @Order(3)
    void theClusterOutlivesTheControllerThatItBeganWith() throws IOException, InterruptedException {
        LabCommand.Result test = lab.run("test", "ha", "--suite", "ha");
        System.out.println(test.err());
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(test.out()).contains("4 of 4 checks passed");
    }

    @Test
    @Order(4)
    void theMajorityGoesOnWithoutTheOneThatIsPartedAndTakesItBack() throws IOException, InterruptedException {
        LabCommand.Result test = lab.run("test", "ha", "--suite", "partition");
        System.out.println(test.err());
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(test.err()).contains("✔ majority-goes-on", "✔ minority-stops", "✔ controllers-rejoin");
        assertThat(lab.run("link", "ha").out()).doesNotContain("partition", "down");
    }

    @Test
    @Order(5)
    void anotherOneFailsAndTheUsersKubeconfigStillWorks() throws IOException, InterruptedException {
        assertThat(lab.run("exec", "--", "virsh", "destroy", "lab-ha.cp2").exit())
                .isZero();
        long start = System.nanoTime();
        try (KubeApi api = KubeApi.of(kubeconfig())) {
            while (!written(api)) {
                assertThat(System.nanoTime() - start)
                        .as("nanoseconds to a write")
                        .isLessThan(120_000_000_000L);
                Thread.sleep(1000);
            }
        }
        System.out.printf("a write %.1f s after the power went%n", (System.nanoTime() - start) / 1e9);
        assertThat(lab.run("status", "ha").out()).contains("shutoff");
    }

    private static boolean written(KubeApi api) {
        try {
            api.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("written-without-cp2")
                            .withNamespace("default")
                            .endMetadata()
                            .build())
                    .create();
            return true;
        } catch (KubernetesClientException error) {
            return error.getCode() == 409;
        }
    }

    private static Node node(KubeApi api, String name) {
        return api.client().nodes().withName(name).require();
    }

    private static Kubeconfig kubeconfig() {
        return Kubeconfig.read(home.resolve("labs/ha/kubeconfig"));
    }

    private static String ssh(String node, String command) throws IOException, InterruptedException {
        return lab.run("ssh", "ha", "--node", node, "--", command).out();
    }
}
