package vmlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Labs at the libvirt that the distribution sets up: QEMU is another user there, dnsmasq a third one, and neither may enter a home. */
@WithinMinutes(30)
class StockLibvirtIT {

    private static final Path IMAGE = Path.of("images/debian-standin.yaml").toAbsolutePath();
    private static final Path HELPER = Path.of("/usr/lib/libvirt/virt-aa-helper");

    private static StockHost host;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can be several users here");
        Path home = Files.createTempDirectory("lab-it");
        LabCommand.Result build = new LabCommand(home).run("image", "build", IMAGE.toString());
        assertThat(build.exit()).as(build.err()).isZero();
        Files.deleteIfExists(home);
        host = StockHost.start();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aNodeOfAUserInGroupLibvirtRunsAsThatUser() throws IOException, InterruptedException {
        Process another = host.start(
                "root",
                List.of(
                        System.getProperty("java.home") + "/bin/jwebserver",
                        "-b",
                        "0.0.0.0",
                        "-p",
                        "8069",
                        "-d",
                        "/run"));
        another.inputReader().readLine();
        try {
            assertThat(host.lab("alice", "doctor").text())
                    .contains("it answers, and no other was asked for", "port 8070: another program listens at 8069");
            assertThat(host.lab("bob", "doctor").text())
                    .contains("labs get one of their own", "usermod -aG libvirt bob");

            host.lab(
                    "alice",
                    "up",
                    "--keep",
                    cluster("one", "  - {name: cp, role: single, boot: direct}", "rootfs: shared"));

            awaitEvent("one", "\"node\":\"cp\",\"name\":\"initrd-network\"");
            assertThat(host.lab("one").resolve("boot.json")).content().contains("\"port\" : 8070");
            Path log = host.lab("one").resolve("cp.serial.log");
            assertThat(log).content().contains("lab: initrd-network");
            assertThat(Files.getOwner(log)).isEqualTo(Files.getOwner(host.home()));
            assertThat(host.lab("alice", "console", "one", "--screenshot", "/home/alice/cp.png")
                            .exit())
                    .isZero();
            assertThat(Files.readAllBytes(host.home().resolve("cp.png"))).startsWith(0x89, 'P', 'N', 'G');
            assertThatAppArmorLetsItOpenAll("one", "cp");
        } finally {
            assertThat(host.lab("alice", "down", "one").text()).contains("nothing is left");
            another.descendants().forEach(ProcessHandle::destroy);
        }
        assertThat(host.lab("one")).doesNotExist();
    }

    @Test
    @Tag("long")
    void allWaysOfBootingLeadToAnInitrd() throws IOException, InterruptedException {
        String cluster = cluster(
                "four",
                "  - {name: cp, role: controller+worker, memory: 2GiB, boot: direct}",
                "  - {name: pxe, role: worker, memory: 1GiB, boot: pxe}",
                "  - {name: uefi, role: worker, memory: 1GiB, boot: uefi-pxe}",
                "  - {name: old, role: worker, memory: 1GiB, boot: tftp}");
        try {
            host.lab("alice", "up", "--keep", cluster);
            for (String node : List.of("cp", "pxe", "uefi", "old")) {
                awaitEvent("four", "\"node\":\"" + node + "\",\"name\":\"initrd-network\"");
            }
            assertThat(host.lab("four").resolve("old.serial.log")).content().contains("PXELINUX", "from tftp://10.");
            assertThatAppArmorLetsItOpenAll("four", "uefi");
        } finally {
            assertThat(host.lab("alice", "down", "four").text()).contains("nothing is left");
        }
        try (var left = Files.list(Path.of("/var/tmp"))) {
            String owner = Files.getOwner(host.home()).getName();
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("lab-tftp-"))
                            .filter(file -> ownerOf(file).equals(owner)))
                    .isEmpty();
        }
    }

    @Test
    @Tag("long")
    void aLabOfRootsRunsAnImageOfTheirOwnAndOneThatComesThroughNat() throws IOException, InterruptedException {
        Path file = Files.writeString(
                host.folder().resolve("ready.yaml"),
                "apiVersion: lab/v1\nname: ready\nimage: %s\nnodes: [{name: cp, role: single, boot: direct}]\nnetwork: {mode: nat}\ntests: [smoke]\n"
                        .formatted(IMAGE));
        Path image = ownImage();
        host.serveWorld(image);
        try {
            assertThat(host.lab("root", "up", file.toString())).matches(up -> up.exit() == 0);
            assertThat(host.lab("root", "load", "ready", image.toString())).matches(load -> load.exit() == 0);
            onNode(RUN.formatted("app", "registry.example/app:1"));
            assertThat(onNode("ip -4 -o addr show eth0; busybox wget -qO- http://world.test/"))
                    .as("an address that the world doesn't know, and who asked it")
                    .contains(" 10.77.")
                    .contains("hello, 198.51.100.2");
            // Without TLS, which containerd has to be told; so the lab's own registry is not asked either.
            onNode("mkdir /etc/containerd/certs.d/world.test && echo 'server = \"http://world.test\"' > $_/hosts.toml");
            onNode(RUN.formatted("web", "world.test/app:1"));
            assertThat(host.worldWasAsked()).contains("198.51.100.2 /v2/app/manifests/1");
        } finally {
            host.lab("root", "images", "rm", "registry.example/app:1");
            assertThat(host.lab("root", "down", "ready").text()).contains("nothing is left");
        }
    }

    private static final String RUN =
            "k0s kubectl run %s --image=%s --image-pull-policy=Always && k0s kubectl wait --for=condition=Ready pod/%1$s --timeout=300s";

    private static String onNode(String command) throws IOException, InterruptedException {
        StockHost.Said said = host.lab("root", "ssh", "ready", "--", command);
        assertThat(said.exit()).as(said.text()).isZero();
        return said.text();
    }

    /** An image: a program that waits, as an archive. */
    private static Path ownImage() throws IOException, InterruptedException {
        String script = """
                export PATH="$PATH:/usr/local/go/bin" CGO_ENABLED=0
                go build -o "$1/pause" ./cmd/pause
                go run ./cmd/ociarchive -ref registry.example/app:1 -out "$1/app.tar" -entrypoint /pause "/pause=$1/pause"
                """;
        Process go = new ProcessBuilder("sh", "-ec", script, "sh", host.folder().toString())
                .directory(Path.of("images/k0s-standin").toFile())
                .inheritIO()
                .start();
        assertThat(go.waitFor()).isZero();
        return host.folder().resolve("app.tar");
    }

    private static String ownerOf(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Nobody waits for more than firmware: each of these nodes is looked at while it goes on. */
    private static String cluster(String name, String... lines) throws IOException {
        Path file = host.home().resolve(name + ".yaml");
        Files.write(
                file,
                ("apiVersion: lab/v1\nname: %s\nimage: %s\ntimeouts: {boot: 5s}\nnodes:\n%s\n"
                                .formatted(name, IMAGE, String.join("\n", lines)))
                        .lines()
                        .toList());
        return "/home/alice/" + file.getFileName();
    }

    private static void awaitEvent(String lab, String text) throws IOException, InterruptedException {
        Path events = host.lab(lab).resolve("events.jsonl");
        while (!Files.readString(events).contains(text)) {
            Thread.sleep(500);
        }
    }

    /** What libvirt would let QEMU open where AppArmor is on: its helper reads the description that we wrote. */
    private static void assertThatAppArmorLetsItOpenAll(String lab, String node)
            throws IOException, InterruptedException {
        if (!Files.isExecutable(HELPER)) {
            return;
        }
        String domain = "lab-" + lab + "." + node;
        String described = said("virsh -q dumpxml " + domain);
        List<String> files = Pattern.compile("<(?:source file='|kernel>|initrd>|nvram[^>]*>)([^<']+)")
                .matcher(described)
                .results()
                .map(found -> found.group(1))
                .toList();
        String let = said("virsh -q dumpxml %s | %s --create --dryrun --uuid libvirt-$(virsh -q domuuid %1$s) 2>&1"
                .formatted(domain, HELPER));
        assertThat(files)
                .as(described)
                .hasSizeGreaterThan(2)
                .allMatch(file -> let.contains("  \"" + file + "\" r"), let);
    }

    private static String said(String script) throws IOException {
        return new String(
                host.start("root", List.of("sh", "-c", script)).getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
    }
}
