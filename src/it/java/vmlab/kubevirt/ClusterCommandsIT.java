package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.Requirement;
import vmlab.run.Environment;
import vmlab.run.Program;

/** A cluster as {@code doctor} sees it, and the commands themselves with a user's kubeconfig, against a real API server. */
@EnabledIf("vmlab.kubevirt.RealApi#hasDefinitions")
class ClusterCommandsIT {

    @TempDir
    private static Path folder;

    private static RealApi api;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        api = RealApi.start(Files.createDirectory(folder.resolve("api")));
        client = api.client();
        api.install(RealApi.definitions().orElseThrow());
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
        api.close();
    }

    @Test
    void aClusterIsLookedAtAndWhatItLacksIsNamedWithItsCure() throws InterruptedException {
        ClusterCheck check = new ClusterCheck(client, Settings.USUAL);

        assertThat(check.run())
                .filteredOn(each -> !each.well())
                .extracting(Requirement::subject)
                .containsExactly("KubeVirt", "storage", "nodes");
        assertThat(check.run()).filteredOn(each -> !each.well()).allSatisfy(each -> assertThat(each.next())
                .isNotBlank());
        try (KubernetesClient user = api.userClient()) {
            assertThat(new ClusterCheck(user, Settings.USUAL).run())
                    .filteredOn(each -> each.subject().equals("rights"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.evidence()).startsWith("you may not create namespaces, "));
        }

        RealApi.giveAll(client);
        try {
            assertThat(check.run())
                    .allMatch(Requirement::well)
                    .extracting(Requirement::evidence)
                    .contains(
                            "v1.9.0, which may emulate",
                            "class local of lab.test/local, the default; disks can't grow (allowVolumeExpansion)",
                            "1 can carry machines; the largest, n1, has 16GiB of memory for pods");
            assertThat(new ClusterCheck(
                                    client,
                                    new Settings("lab-", Optional.of("fast"), Optional.empty(), Map.of("zone", "a")))
                            .run())
                    .filteredOn(each -> !each.well())
                    .extracting(Requirement::evidence)
                    .containsExactly("the cluster has no storage class fast; it has local", "none may carry machines");
        } finally {
            client.storage().v1().storageClasses().delete();
            client.nodes().delete();
            client.genericKubernetesResources(Kinds.KUBEVIRT)
                    .inNamespace("default")
                    .delete();
        }
    }

    /** The commands themselves, with a user's kubeconfig. */
    @Test
    void clusterYamlOrAnOptionSendsTheCommandsThere() throws Exception {
        String cluster = """
                apiVersion: lab/v1
                name: far
                image: %s
                rootfs: shared
                nodes: [{name: cp, role: single}]
                """.formatted(Path.of("images/debian.yaml").toAbsolutePath());
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), cluster);
        Path right = Files.writeString(
                folder.resolve("right.yaml"),
                cluster.replace("rootfs: shared", "engine: {kubevirt: {gateway: registry.example/gateway}}"));

        assertThat(lab("plan", wrong.toString(), "--engine", "kubevirt", "--context", "real"))
                .satisfies(said -> assertThat(said.exit()).as(said.text()).isEqualTo(2))
                .extracting(Program.Said::text)
                .asString()
                .contains("rootfs: shared: nodes read it", "engine.kubevirt.gateway is missing");
        assertThat(lab("plan", right.toString()))
                .satisfies(said -> assertThat(said.exit()).as(said.text()).isEqualTo(4))
                .extracting(Program.Said::text)
                .asString()
                .contains("cp");
        assertThat(lab("list", "--connect", "kubevirt:real").text()).contains("no labs");
        assertThat(lab("up", right.toString(), "--context", "none", "--engine", "kubevirt"))
                .satisfies(said -> assertThat(said.exit()).as(said.text()).isEqualTo(2))
                .extracting(Program.Said::text)
                .asString()
                .contains("the kubeconfig has no context none", "it has real");
    }

    private static Program.Said lab(String... arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(Path.of("scripts/lab").toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder lab = Environment.process(words);
        lab.environment().put("KUBECONFIG", api.kubeconfig("admin-token").toString());
        lab.environment().put("LAB_HOME", folder.resolve("labs").toString());
        return new Program(lab, Duration.ofMinutes(10)).run();
    }
}
