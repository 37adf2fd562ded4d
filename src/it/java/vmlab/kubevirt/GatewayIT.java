package vmlab.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.MachinePace;
import vmlab.WithinMinutes;
import vmlab.boot.BootConfig;
import vmlab.engine.NetworkRequest;
import vmlab.gateway.GatewayImage;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.kube.ClusterKeys;
import vmlab.machine.Needs;
import vmlab.make.Bootable;
import vmlab.make.NodeDisks;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.registry.ContainerStore;
import vmlab.registry.StoredImage;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.Specs;
import vmlab.ssh.KeyFiles;

/**
 * The image of a gateway boots a machine that is made as KubeVirt makes one: over PXE, from nothing but that image, with its configuration
 * on an ISO and a blank disk for what it keeps.
 */
@WithinMinutes(15)
class GatewayIT {

    private static final Path INSTALLATION = Path.of("").toAbsolutePath();
    private static final Run RUN = new Run(event -> {});

    @TempDir
    private static Path folder;

    @BeforeAll
    static void needsRoot() throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root can give a container the rights of a pod here");
        Needs.programs("xorriso");
    }

    @Test
    void aMachineBootsFromItToSsh() throws Exception {
        Path file = Files.writeString(
                folder.resolve("cluster.yaml"), """
                apiVersion: lab/v1
                name: gw
                image: %s
                network: {mode: nat}
                nodes: [{name: cp, role: single, boot: uefi-pxe}]
                """.formatted(INSTALLATION.resolve("images/debian-standin.yaml")));
        Plan plan = Plan.of(Specs.readCluster(file), Cidr.parse("10.77.0.0/24"));
        NodePlan node = plan.nodes().getFirst();
        BootImage booted =
                new Images(RealApi.cache(), true).resolve(plan.cluster().image(), RUN);
        Bootable lab = new Bootable(plan, Accelerator.TCG, Inventory.EMPTY, booted);
        unpack(new GatewayImage(new ContainerStore(folder), RealApi.cache(), INSTALLATION).of(List.of(booted), RUN));
        LabFolder own = new LabFolder(Files.createDirectory(folder.resolve("lab")));
        disks(lab, node, own);
        settings(lab, node);
        road(plan, node, own);

        Process host = host(plan, node, "");
        try {
            RUN.await("", "SSH", MachinePace.here().of(Duration.ofMinutes(5))).until(() -> look(host, node));

            assertThat(
                            ssh(
                                    host,
                                    node,
                                    "cat /proc/mounts; hostname; cat /etc/k0s/k0s.yaml | wc -c; stat -c %a /root/.ssh/authorized_keys"))
                    .contains(" /state ext4 ", "config /config tmpfs ro,", "\ncp\n", "\n600\n");
            assertThat(ssh(host, node, "busybox ping -c 1 -W 20 198.51.100.1"))
                    .as("through NAT")
                    .contains("1 packets received");
            assertThat(text("console")).contains("is blank and gets a file system", "lab: state");
            assertThat(text("gateway.log"))
                    .contains(
                            "{\"event\":\"Leased\"",
                            "\"node\":\"cp\",\"mac\":\"" + node.mac() + "\"",
                            "\"name\":\"pxe\"",
                            "\"name\":\"root\"",
                            "\"name\":\"state\"",
                            "\"name\":\"sshd\"");
            aDiskThatBecameLargerIsUsedWhole(host, node);
        } finally {
            end(host);
        }
        Process another = host(plan, node, "uefi");
        try {
            RUN.await("", "the kernel", MachinePace.here().of(Duration.ofMinutes(5)))
                    .until(() -> text("console").contains("lab: initrd")
                            ? new Reading.Ready<>("")
                            : new Reading.NotYet<>("no initrd yet"));
        } finally {
            end(another);
            // JUnit would warn of each of its links.
            run("rm", "-rf", folder.resolve("root").toString());
        }
    }

    /** The gateway, and a machine: by BIOS and its card's iPXE, or by a UEFI whose card brings none. */
    private static Process host(Plan plan, NodePlan node, String firmware) throws IOException {
        Process host = new ProcessBuilder(
                        INSTALLATION.resolve("src/it/bash/gateway-host").toString(),
                        folder.toString(),
                        plan.network().gateway().getHostAddress() + "/24",
                        node.mac(),
                        firmware)
                .redirectError(folder.resolve("host.log").toFile())
                .start();
        assertThat(host.inputReader().readLine()).as(() -> text("host.log")).isEqualTo("ready");
        return host;
    }

    private static void end(Process host) throws IOException, InterruptedException {
        host.getOutputStream().close();
        host.waitFor();
    }

    /** As KubeVirt does it once a claim has grown; the node does the rest at its next start. */
    private static void aDiskThatBecameLargerIsUsedWhole(Process host, NodePlan node) throws Exception {
        Bytes larger = new Bytes(node.spec().disk().value() * 2);
        String before = ssh(host, node, "cat /proc/sys/kernel/random/boot_id");
        host.outputWriter().write("block_resize state %dB\nsystem_reset\n".formatted(larger.value()));
        host.outputWriter().flush();
        RUN.await("", "the next boot", MachinePace.here().of(Duration.ofMinutes(5)))
                .until(() -> look(host, node, before));

        String blocks = ssh(host, node, "busybox stat -f -c '%b %S' /state").strip();
        String[] both = blocks.split(" ");
        assertThat(Long.parseLong(both[0]) * Long.parseLong(both[1]))
                .as("%s of a disk of %s", blocks, larger)
                .isGreaterThan(larger.value() / 10 * 9);
    }

    private static Reading<String> look(Process host, NodePlan node, String before) throws InterruptedException {
        try {
            return ssh(host, node, "cat /proc/sys/kernel/random/boot_id").equals(before)
                    ? new Reading.NotYet<>("the boot before")
                    : new Reading.Ready<>("");
        } catch (IOException notYet) {
            return new Reading.NotYet<>(notYet.getMessage());
        }
    }

    /** As a container runtime does, layer upon layer. */
    private static void unpack(StoredImage image) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path blobs = folder.resolve("containers/blobs/sha256");
        var manifest = new com.fasterxml.jackson.databind.json.JsonMapper()
                .readTree(blobs.resolve(image.digest().substring("sha256:".length()))
                        .toFile());
        for (var layer : manifest.path("layers")) {
            String blob = layer.path("digest").asText().substring("sha256:".length());
            run("tar", "-x", "-C", root.toString(), "-f", blobs.resolve(blob).toString());
        }
    }

    private static void disks(Bootable lab, NodePlan node, LabFolder own) throws Exception {
        KeyFiles.readOrMake(own.sshKey(), "lab gw");
        ClusterKeys.create().write(own.pki());
        Path secret = Files.createDirectory(folder.resolve("secret"));
        Files.write(secret.resolve(DiskObjects.TAR), new NodeDisks(lab, node, own, true).configTar());
        run(
                "xorriso",
                "-as",
                "mkisofs",
                "-quiet",
                "-V",
                "config",
                "-J",
                "-R",
                "-o",
                folder.resolve("config.iso").toString(),
                secret.toString());
        try (RandomAccessFile state =
                new RandomAccessFile(folder.resolve("state.img").toFile(), "rw")) {
            state.setLength(node.spec().disk().value());
        }
    }

    private static void settings(Bootable lab, NodePlan node) throws IOException {
        Plan plan = lab.plan();
        Path settings = Files.createDirectory(folder.resolve("settings"));
        Mark mark = new Mark(plan.lab(), "id", "/home/me/labs", "", "", "1");
        ConfigMap map = GatewayObjects.settings(
                new NetworkRequest(
                        plan,
                        plan.network(),
                        mark,
                        Path.of("/none"),
                        plan.network().bootUrl() + "/boot.ipxe"),
                Settings.USUAL);
        for (Map.Entry<String, String> each : map.getData().entrySet()) {
            Files.writeString(settings.resolve(each.getKey()), each.getValue());
        }
        new BootConfig(
                        plan.lab(),
                        plan.network().gateway().getHostAddress(),
                        plan.network().bootPort(),
                        List.of(new BootConfig.Client(
                                node.name(),
                                node.mac(),
                                node.address().getHostAddress(),
                                BootConfig.GATEWAY_IMAGES
                                        .resolve(lab.image().digest())
                                        .toString(),
                                node.spec().boot().toString(),
                                lab.kernelLine(node))),
                        "/run/lab/events.jsonl",
                        "",
                        plan.api().getHostAddress(),
                        List.of(),
                        List.of(),
                        false,
                        false)
                .write(settings.resolve("boot.json"));
    }

    private static Reading<String> look(Process host, NodePlan node) throws InterruptedException {
        try {
            return new Reading.Ready<>(ssh(host, node, "true"));
        } catch (IOException notYet) {
            return host.isAlive()
                    ? new Reading.NotYet<>(notYet.getMessage())
                    : new Reading.Never<>("the host ended", text("host.log"));
        }
    }

    /** The way that kubectl port-forward leads: into the pod's loopback, and from there to the node. */
    private static void road(Plan plan, NodePlan node, LabFolder own) throws IOException {
        NodeDisks.writeKnownHosts(plan, own);
        Files.writeString(folder.resolve("ssh.config"), """
                Host *
                    User root
                    IdentityFile %s
                    UserKnownHostsFile %s
                    ConnectTimeout 5
                    ProxyCommand bash -c 'exec 3<>/dev/tcp/127.0.0.1/8022; printf "CONNECT %%h:%%p HTTP/1.1\\r\\n\\r\\n" >&3; \
                read -r <&3; read -r <&3; exec 4<&0; cat <&4 >&3 & exec cat <&3'
                """.formatted(own.sshKey(), own.knownHosts()));
    }

    private static String ssh(Process host, NodePlan node, String command) throws IOException, InterruptedException {
        long inside = host.children().findFirst().orElseThrow().pid();
        List<String> words = new ArrayList<>(List.of("nsenter", "--net", "--mount", "--pid", "--target", "" + inside));
        words.addAll(List.of(
                "ip",
                "netns",
                "exec",
                "gateway",
                "ssh",
                "-F",
                folder.resolve("ssh.config").toString()));
        words.addAll(List.of(node.address().getHostAddress(), command));
        return run(words.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(List.of(command) + ": " + said);
        }
        return said;
    }

    private static String text(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException none) {
            return "";
        }
    }
}
