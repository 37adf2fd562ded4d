package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.spec.BootMode;
import vmlab.spec.Node;
import vmlab.spec.Role;

class K0sConfigTest {

    @Test
    void theDefaultsAreThoseOfASmallLab() {
        assertThat(K0sConfig.of("cp", "10.77.0.2", Optional.empty(), Map.of()).yaml())
                .isEqualToIgnoringNewLines("""
                        apiVersion: k0s.k0sproject.io/v1beta1
                        kind: ClusterConfig
                        metadata:
                          name: k0s
                        spec:
                          api:
                            address: 10.77.0.2
                            sans:
                            - 10.77.0.2
                            - 127.0.0.1
                            - cp
                          storage:
                            type: etcd
                            etcd:
                              peerAddress: 10.77.0.2
                          images:
                            default_pull_policy: Never
                          telemetry:
                            enabled: false
                          controllerManager:
                            extraArgs:
                              leader-elect: "false"
                          scheduler:
                            extraArgs:
                              leader-elect: "false"
                        """);
    }

    @Test
    void severalControllersElectALeaderAndShareAnAddress() throws Exception {
        String text = K0sConfig.of("cp1", "10.77.0.11", Optional.of("10.77.0.1"), Map.of())
                .yaml();

        assertThat(text).doesNotContain("leader-elect: ");
        var spec = (Map<?, ?>) Yaml.read(text).get("spec");
        assertThat(spec.get("api"))
                .isEqualTo(Map.of(
                        "address", "10.77.0.11",
                        "sans", List.of("10.77.0.11", "127.0.0.1", "cp1", "10.77.0.1"),
                        "externalAddress", "10.77.0.1"));
        assertThat(spec.get("storage").toString()).contains("peerAddress=10.77.0.11", "election-timeout=5000");
    }

    @Test
    void theUsersWordWinsAtEveryDepth() throws Exception {
        Map<String, Object> user = new HashMap<>();
        user.put("network", Map.of("provider", "calico"));
        user.put("scheduler", Map.of("extraArgs", Map.of("v", "4")));
        user.put("images", Map.of("default_pull_policy", "IfNotPresent"));
        user.put("telemetry", null);
        user.put("api", Map.of("sans", List.of("lab.example")));
        var spec = (Map<?, ?>) Yaml.read(
                        K0sConfig.of("cp", "10.77.0.2", Optional.empty(), user).yaml())
                .get("spec");
        assertThat(spec.get("network")).isEqualTo(Map.of("provider", "calico"));
        assertThat(spec.get("scheduler")).isEqualTo(Map.of("extraArgs", Map.of("leader-elect", "false", "v", "4")));
        assertThat(spec.get("images")).isEqualTo(Map.of("default_pull_policy", "IfNotPresent"));
        assertThat(spec.get("telemetry")).isNull();
        assertThat(spec.get("api")).isEqualTo(Map.of("address", "10.77.0.2", "sans", List.of("lab.example")));
    }

    @Test
    void aSingleNodeSaysSoToK0s() {
        assertThat(K0sArgs.line(K0sArgs.of(node(Role.SINGLE), Standing.ALONE)))
                .isEqualTo("controller --single --config=/etc/k0s/k0s.yaml --disable-components=metrics-server,"
                        + "konnectivity-server,autopilot,helm,update-prober,windows-node,control-api"
                        + " --labels=tier=fast --taints=dedicated=batch:NoSchedule"
                        + " '--kubelet-extra-args=--max-pods=50 --v=2'");
    }

    @Test
    void eachRoleHasItsOwnFlags() {
        assertThat(K0sArgs.of(node(Role.CONTROLLER_WORKER), Standing.ALONE))
                .startsWith("controller", "--enable-worker", "--no-taints");
        assertThat(K0sArgs.of(node(Role.CONTROLLER), Standing.ALONE)).hasSize(3).doesNotContain("--enable-worker");
        assertThat(K0sArgs.of(node(Role.WORKER), Standing.WORKER)).startsWith("worker", "--token-file=/etc/k0s/token");
    }

    @Test
    void furtherControllersJoinWithATokenThroughTheControlApi() {
        assertThat(K0sArgs.line(K0sArgs.of(node(Role.CONTROLLER), Standing.FIRST)))
                .doesNotContain("control-api", "token-file");
        assertThat(K0sArgs.line(K0sArgs.of(node(Role.CONTROLLER), Standing.JOINS)))
                .contains("--token-file=/etc/k0s/token")
                .doesNotContain("control-api");
    }

    @Test
    void labelsTaintsAndKubeletArgsGoToEveryRoleThatRunsPods() {
        for (Role role : List.of(Role.SINGLE, Role.CONTROLLER_WORKER, Role.WORKER)) {
            Standing standing = role == Role.WORKER ? Standing.WORKER : Standing.ALONE;
            assertThat(K0sArgs.of(node(role), standing))
                    .contains(
                            "--labels=tier=fast",
                            "--taints=dedicated=batch:NoSchedule",
                            "--kubelet-extra-args=--max-pods=50 --v=2");
        }
    }

    private static Node node(Role role) {
        return new Node(
                "cp",
                role,
                2,
                Node.DEFAULT_MEMORY,
                Node.DEFAULT_DISK,
                BootMode.PXE,
                Map.of("tier", "fast"),
                List.of("dedicated=batch:NoSchedule"),
                List.of("--max-pods=50", "--v=2"),
                List.of(),
                Optional.empty());
    }
}
