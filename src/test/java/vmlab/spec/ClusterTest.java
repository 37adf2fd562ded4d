package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {

    private static final String VALID = World.HEAD + "nodes: [{name: cp}]\n";

    @TempDir
    private Path folder;

    private World world;

    @BeforeEach
    void aFolderWithARecipe() {
        world = World.in(folder);
    }

    @Test
    void everythingThatCanBeWrittenIsRead() throws IOException {
        world.folder("post-boot");
        world.write("images/debian.yaml", "");
        var cluster = world.cluster("""
                apiVersion: lab/v1
                name: demo
                image: images/debian.yaml
                accel: tcg
                network: {cidr: 10.77.0.0/24, mode: isolated}
                k0s:
                  config:
                    network: {provider: calico, podCIDR: 10.50.0.0/16}
                    api: {port: 6443, extraArgs: {v: "2", ratio: 0.5, on: true}, sans: [a, b]}
                nodes:
                  - name: cp
                    role: controller+worker
                    cpus: 4
                    memory: 4GiB
                    disk: 20GiB
                    boot: direct
                    labels: {tier: fast, example.com/n: 2}
                    taints: [dedicated=batch:NoSchedule, "gpu:NoExecute"]
                    kubeletArgs: [--max-pods=50]
                  - name: w
                    count: 2
                    role: worker
                    boot: uefi-pxe
                rootfs: shared
                provision: {git: ./post-boot, ref: main, path: site.sh, timeout: 2m}
                tests: [smoke]
                timeouts: {boot: 90s, ready: 1h30m}
                """);

        assertThat(cluster.name()).isEqualTo("demo");
        assertThat(cluster.image()).isEqualTo(folder.resolve("images/debian.yaml"));
        assertThat(cluster.accel()).isEqualTo(Accel.TCG);
        assertThat(cluster.rootfs()).isEqualTo(Rootfs.SHARED);
        assertThat(cluster.network())
                .isEqualTo(new Network(Optional.of(Cidr.parse("10.77.0.0/24")), Network.Mode.ISOLATED, false));
        assertThat(cluster.k0sConfig())
                .containsExactly(
                        entry("network", Map.of("provider", "calico", "podCIDR", "10.50.0.0/16")),
                        entry(
                                "api",
                                Map.of(
                                        "port", 6443L,
                                        "extraArgs", Map.of("v", "2", "ratio", 0.5, "on", true),
                                        "sans", List.of("a", "b"))));
        assertThat(cluster.nodes())
                .containsExactly(
                        new Node(
                                "cp",
                                Role.CONTROLLER_WORKER,
                                4,
                                Bytes.gib(4),
                                Bytes.gib(20),
                                BootMode.DIRECT,
                                Map.of("tier", "fast", "example.com/n", "2"),
                                List.of("dedicated=batch:NoSchedule", "gpu:NoExecute"),
                                List.of("--max-pods=50"),
                                List.of(),
                                Optional.empty()),
                        worker("w1"),
                        worker("w2"));
        assertThat(cluster.provision())
                .contains(new Provision(
                        folder.resolve("post-boot").toString(),
                        "main",
                        Optional.of("site.sh"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(2)));
        assertThat(cluster.tests()).containsExactly(Suite.SMOKE);
        assertThat(cluster.timeouts())
                .isEqualTo(new Timeouts(Duration.ofSeconds(90), Duration.ofMinutes(90), Duration.ofMinutes(2)));
        assertThat(cluster.file()).isEqualTo(folder.resolve("cluster.yaml"));
        assertThat(cluster.warnings()).isEmpty();
    }

    private static Node worker(String name) {
        return new Node(
                name,
                Role.WORKER,
                2,
                Bytes.gib(3),
                Bytes.gib(10),
                BootMode.UEFI_PXE,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Test
    void fourLinesAreEnough() {
        assertThat(world.cluster(VALID))
                .isEqualTo(new Cluster(
                        "demo",
                        folder.resolve("debian.yaml"),
                        Accel.AUTO,
                        Rootfs.RAM,
                        new Network(Optional.empty(), Network.Mode.NAT, false),
                        List.of(),
                        Map.of(),
                        List.of(new Node(
                                "cp",
                                Role.SINGLE,
                                2,
                                Bytes.gib(3),
                                Bytes.gib(10),
                                BootMode.PXE,
                                Map.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Optional.empty())),
                        Optional.empty(),
                        List.of(),
                        new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2)),
                        folder.resolve("cluster.yaml")));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        assertThat(world.said("""
                        apiVersion: lab/v2
                        name: Demo
                        image: debain.yaml
                        accel: kmv
                        network: {cidr: 8.8.8.0/24, mod: nat}
                        nodes:
                          - name: cp
                            role: controller
                            memroy: 3GiB
                            cpus: many
                          - name: w-
                            role: wroker
                            memory: 3G
                            disk: 1GiB
                        tests: [smoek]
                        timeouts: {boot: 300}
                        timeouts: {}
                        """))
                .containsExactly(
                        "cluster.yaml:1:13: apiVersion: 'lab/v2' is unknown; a cluster starts with apiVersion: lab/v1",
                        "cluster.yaml:2:7: name: 'Demo' is not valid; lower-case letters, digits and dashes, at most 31,"
                                + " a letter first, no dash last",
                        "cluster.yaml:3:8: image: there is no file debain.yaml; did you mean 'debian.yaml'?",
                        "cluster.yaml:4:8: accel: 'kmv' is unknown; did you mean 'kvm'? valid here: auto, kvm, tcg",
                        "cluster.yaml:5:17: network.cidr: 8.8.8.0/24 is not private; take one within 10.0.0.0/8, 172.16.0.0/12,"
                                + " 192.168.0.0/16, 100.64.0.0/10",
                        "cluster.yaml:5:29: network.mod: unknown key 'mod'; did you mean 'mode'? valid here: cidr, mode, dualStack",
                        "cluster.yaml:9:5: nodes[0].memroy: unknown key 'memroy'; did you mean 'memory'? valid here: name,"
                                + " count, role, cpus, memory, disk, boot, labels, taints, kubeletArgs, networks, address",
                        "cluster.yaml:10:11: nodes[0].cpus: is 'many'; a whole number from 1 to 64",
                        "cluster.yaml:11:11: nodes[1].name: 'w-' is not valid; lower-case letters, digits and dashes, at"
                                + " most 31, a letter first, no dash last",
                        "cluster.yaml:12:11: nodes[1].role: 'wroker' is unknown; did you mean 'worker'? valid here: single,"
                                + " controller, controller+worker, worker",
                        "cluster.yaml:13:13: nodes[1].memory: '3G' does not say which unit it means; write 3GiB (1024-based)"
                                + " or 3GB (1000-based)",
                        "cluster.yaml:14:11: nodes[1].disk: 1GiB is too little: container images and etcd live there; at"
                                + " least 2GiB",
                        "cluster.yaml:15:9: tests[0]: 'smoek' is unknown; did you mean 'smoke'? valid here: smoke, immutable, ha",
                        "cluster.yaml:16:18: timeouts.boot: '300' has no unit; write 300s or 300m",
                        "cluster.yaml:17:1: timeouts: stands here a second time; the first is on line 16: keep one");
    }

    @Test
    void theExceptionShowsAllProblemsLineByLine() {
        assertThatThrownBy(() -> world.cluster("name: demo\n"))
                .isInstanceOf(SpecException.class)
                .message()
                .hasLineCount(3)
                .contains("apiVersion: is missing; write apiVersion: lab/v1")
                .contains("image: is missing; write image: ../images/debian.yaml")
                .contains("nodes: is missing; write nodes: [{name: cp, role: single}]");
    }

    @Test
    void aRecipeIsRecognizedAsNoCluster() {
        assertThat(world.said(VALID.replace("lab/v1", "lab-image/v1")))
                .containsExactly("cluster.yaml:1:13: apiVersion: this file is an image recipe; a cluster starts with"
                        + " apiVersion: lab/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: cp             | nodes: is 'cp' where a list belongs; write [cp]",
                "nodes: []             | nodes: is empty; write at least one",
                "nodes: [cp]           | nodes[0]: is 'cp'; write a mapping: key: value",
                "nodes:                | nodes: is empty where a list belongs; write a list",
                "nodes: [{name: }]     | nodes[0].name: has no value; write one, or remove the key",
                "nodes: [{name: [a]}]  | nodes[0].name: is a list; a single value belongs here",
                "nodes: [{role: worker}] | nodes[0].name: is missing; write name: cp"
            })
    void wrongTypesAreNamed(String nodes, String said) {
        assertThat(world.said(World.HEAD + nodes))
                .anySatisfy(problem -> assertThat(problem).contains(said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests: smoke           | tests: is 'smoke' where a list belongs; write [smoke]",
                "network: nat           | network: is 'nat'; write a mapping: key: value",
                "network: {mode: NAT}   | network.mode: 'NAT' is unknown; did you mean 'nat'? valid here: nat, isolated",
                "k0s: {}                | ",
                "accel: {}              | accel: is a mapping; a single value belongs here",
                "k0s: {config: [a]}     | k0s.config: is a list; write a mapping",
                "k0s: {config: }        | k0s.config: is empty; write a mapping",
                "k0s: {spec: {}}        | k0s.spec: unknown key 'spec'; valid here: config",
                "k0s: {config: {a: yes}}  | k0s.config.a: 'yes' means different things",
                "k0s: {config: {a: 010}}  | k0s.config.a: '010' means different things",
                "k0s: {config: {a: 1e3}}  | k0s.config.a: '1e3' means different things",
                "k0s: {config: {a: .inf}} | k0s.config.a: '.inf' means different things",
                "k0s: {config: {a: [~]}}  | k0s.config.a[0]: has no value",
                "k0s: {config: {a: {b: 1, b: 2}}} | k0s.config.a.b: stands here a second time",
                "k0s: {config: {apiVersion: x, spec: {}}} | k0s.config: is a whole ClusterConfig; only what is below",
                "timeouts: {boot: 0s}   | timeouts.boot: '0s' is out of range; 1s to 24h",
                "provision: {}          | provision.git: is missing; write git: ./post-boot",
                "provision: {git: ./no} | provision.git: there is no folder",
                "provision: {git: debian.yaml} | provision.git: 'debian.yaml' is no folder; a folder belongs here",
                "provision: {git: 'https://h/r.git', ref: --upload-pack=x} | provision.ref: '--upload-pack=x' is not valid",
                "provision: {git: 'https://h/r.git', path: ../x} | provision.path: '../x' is not valid",
                "provision: {git: 'https://h/r.git', path: /x} | provision.path: '/x' is not valid",
                "provision: {git: 'file:///srv/r.git'} | provision.git: 'file:///srv/r.git' is not valid; an https",
                "provision: {git: 'git@h:r.git', key: debian.yaml} | provision.git: is asked over SSH, and nothing says who",
                "provision: {git: 'git@h:r.git', knownHosts: debian.yaml} | provision.git: is asked over SSH, and no key",
                "provision: {git: 'https://h/r.git', knownHosts: debian.yaml} | provision.knownHosts: has no effect",
                "provision: {git: ., key: debian.yaml} | provision.key: has no effect",
                "provision: {git: 'https://h/r.git', key: ./no} | provision.key: there is no file",
                "rootfs: rom            | rootfs: 'rom' is unknown; did you mean 'ram'?"
            })
    void wrongValuesAreNamed(String line, String said) {
        var all = world.said(VALID + line);
        if (said == null) {
            assertThat(all).isEmpty();
        } else {
            assertThat(all).singleElement().asString().contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://example.com/r.git", "ssh://git@example.com/r", "git@example.com:team/r.git"})
    void aRemoteRepositoryIsTakenAsItIs(String url) {
        var access = url.startsWith("https:") ? "" : ", key: debian.yaml, knownHosts: debian.yaml";
        var provision = world.cluster(VALID + "provision: {git: '" + url + "'" + access + "}")
                .provision()
                .orElseThrow();

        assertThat(provision.git()).isEqualTo(url);
        assertThat(provision.isLocal()).isFalse();
        assertThat(provision.isSsh()).isEqualTo(!url.startsWith("https:"));
    }

    @Test
    void anImageIsAFileNotAFolder() throws IOException {
        world.folder("images");

        assertThat(world.said(VALID.replace("debian.yaml", "images")))
                .containsExactly("cluster.yaml:3:8: image: 'images' is no file; a file belongs here");
    }

    @Test
    void whatWasReadCannotBeChanged() {
        var cluster = world.cluster(VALID + "k0s: {config: {api: {sans: [a]}}}");

        assertThat(cluster.nodes()).isUnmodifiable();
        assertThatThrownBy(() -> cluster.k0sConfig().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) cluster.k0sConfig().get("api")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
