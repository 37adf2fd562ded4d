package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster.yaml says, as lab reads it. */
class ClusterTest extends InAWorld {

    private static final String VALID = World.HEAD + "nodes: [{name: cp}]\n";

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
                disks: fast
                storage: none
                provision: {git: ./post-boot, ref: main, path: site.sh, timeout: 2m}
                tests: [smoke]
                timeouts: {boot: 90s, ready: 1h30m}
                """);

        assertThat(cluster.name()).isEqualTo("demo");
        assertThat(cluster.image()).isEqualTo(folder.resolve("images/debian.yaml"));
        assertThat(cluster.accel()).isEqualTo(Accel.TCG);
        assertThat(cluster.rootfs()).isEqualTo(Rootfs.SHARED);
        assertThat(cluster.disks()).isEqualTo(Disks.FAST);
        assertThat(cluster.storage()).isEqualTo(Storage.NONE);
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
                        Optional.empty(),
                        Duration.ofMinutes(2)));
        assertThat(cluster.tests()).containsExactly(Suite.SMOKE);
        assertThat(cluster.timeouts())
                .isEqualTo(new Timeouts(
                        Optional.of(Duration.ofSeconds(90)), Optional.of(Duration.ofMinutes(90)), Optional.empty()));
        assertThat(cluster.file()).isEqualTo(folder.resolve("cluster.yaml"));
        assertThat(cluster.warnings()).allMatch(warning -> warning.startsWith("network provider calico"));
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
                        Disks.SAFE,
                        GoldenUse.AUTO,
                        Storage.LOCAL,
                        new Network(Optional.empty(), Network.Mode.NAT, false),
                        List.of(),
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
                        PodImages.NONE,
                        List.of(),
                        Timeouts.UNSAID,
                        Optional.empty(),
                        folder.resolve("cluster.yaml")));
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

    @ParameterizedTest
    @CsvSource({
        "https://ops:pa%24s@h.example:8443/r.git, https://h.example:8443/r.git, https://ops:pa%24s@h.example:8443",
        "https://TOKEN@h.example/r.git,           https://h.example/r.git,      https://TOKEN:@h.example",
        "http://a:b@c@h.example/r.git,            http://h.example/r.git,       http://a:b@c@h.example"
    })
    void theCredentialsOfAUrlAreNoPartOfIt(String written, String url, String line) {
        var provision = world.cluster(VALID + "provision: {git: '" + written + "'}")
                .provision()
                .orElseThrow();

        assertThat(provision.git()).isEqualTo(url);
        assertThat(provision.credentials()).contains(new Credentials(line));
        assertThat(provision.toString()).contains("[secret]").doesNotContain("TOKEN", "pa%24s", "a:b");
    }

    @Test
    void besideAKeyAUrlNamesWhoseItIs() {
        var provision = world.cluster(VALID + "provision: {git: 'https://lab@h/r.git', key: debian.yaml}")
                .provision()
                .orElseThrow();

        assertThat(provision.git()).isEqualTo("https://lab@h/r.git");
        assertThat(provision.credentials()).isEmpty();
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
