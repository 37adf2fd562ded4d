package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a cluster.yaml that is wrong. */
class ClusterProblemsTest extends InAWorld {

    private static final String VALID = World.HEAD + "nodes: [{name: cp}]\n";

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
                        "cluster.yaml:15:9: tests[0]: 'smoek' is unknown; did you mean 'smoke'? valid here: smoke, immutable, ha, partition, or a folder of your own checks, such as ./smoek",
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
                "provision: {git: 'ssh://git:TOKEN@h/r', key: debian.yaml, knownHosts: debian.yaml} | provision.git: has a password",
                "provision: {git: 'https://a:TOKEN@h/r.git', key: debian.yaml} | provision.git: has a password, and key gives",
                "provision: {git: 'https://TOKEN@h/r git'} | provision.git: 'https://[secret]@h/r git' is not valid",
                "provision: {git: 'HTTPS://TOKEN@h/r.git'} | provision.git: 'HTTPS://[secret]@h/r.git' is not valid",
                "provision: {git: 'https:/TOKEN@h/r.git'} | https:/[secret]@h/r.git",
                "provision: {git: ., key: debian.yaml} | provision.key: has no effect",
                "provision: {git: 'https://h/r.git', key: ./no} | provision.key: there is no file",
                "rootfs: rom            | rootfs: 'rom' is unknown; did you mean 'ram'?",
                "disks: save            | disks: 'save' is unknown; did you mean 'safe'?"
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
    @ValueSource(
            strings = {
                "provision: {git: ' https://TOKEN@127.0.0.1:1/x.git'}",
                "provision: {git: 'https://my TOKEN@127.0.0.1:1/x.git'}",
                "provision: {git: \"https://TOKEN@127.0.0.1:1/a/long/way/to/go/until/there/is/the/repository/x.git\" ref: x}",
            })
    void noRefusalShowsAToken(String line) {
        assertThat(String.join("\n", world.said(VALID + line)))
                .contains("[secret]")
                .doesNotContain("TOKEN");
    }

    @Test
    void anImageIsAFileNotAFolder() throws IOException {
        world.folder("images");

        assertThat(world.said(VALID.replace("debian.yaml", "images")))
                .containsExactly("cluster.yaml:3:8: image: 'images' is no file; a file belongs here");
    }

    @Test
    void theNameIsFoundWhereTheRestCannotBeUnderstood(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cluster.yaml");
        assertThat(Specs.readName(Files.writeString(file, "# a lab\nname: 'demo' # ours\nnodes: [{\n  name: cp\n")))
                .contains("demo");
        assertThat(Specs.readName(Files.writeString(file, "nodes:\n  name: cp\n")))
                .isEmpty();
        assertThat(Specs.readName(folder.resolve("none.yaml"))).isEmpty();
        assertThat(Specs.readName(Files.writeString(file, "\uFEFFname: demo\n")))
                .contains("demo");
        assertThat(Specs.readName(Files.writeString(file, "# für uns\nname: demo\n", StandardCharsets.ISO_8859_1)))
                .contains("demo");
        assertThat(Specs.readName(Path.of("/dev/zero"))).isEmpty();
    }
}
