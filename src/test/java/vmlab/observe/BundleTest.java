package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.EvidenceFile;
import vmlab.diagnose.Source;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.kube.ClusterKeys;
import vmlab.kube.JoinToken;
import vmlab.make.Bootable;
import vmlab.make.NodeMachine;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.ssh.KeyFiles;

/** A lab with real keys that leaked all of them into its logs, on libvirt's built-in driver. */
class BundleTest extends OnTestDriver {

    private LabFolder folder;
    private List<String> secrets;

    @BeforeEach
    void makeALabThatTellsItsSecrets() throws IOException, InterruptedException {
        Plan plan = Plan.of(Clusters.ofNodes("leaky", 1), Cidr.parse("10.77.9.0/24"));
        libvirt.createNetwork(plan);
        folder = begun("leaky");
        Files.createDirectories(folder.evidence());
        KeyFiles.readOrMake(folder.sshKey(), "lab");
        KeyFiles.readOrMake(folder.hostKey("n0"), "n0");
        ClusterKeys keys = ClusterKeys.create();
        keys.write(folder.pki());
        keys.adminKubeconfig("leaky", "https://10.77.9.11:6443").write(folder.ownKubeconfig());
        JoinToken token =
                JoinToken.readOrMake(JoinToken.Kind.values()[0], folder.path().resolve("join-token"));
        secrets = new ArrayList<>(List.of(token.secret(), "$6$salt$Tz3VxEhYw1nI0", "$y$j9T$abc$defghijkl"));
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.filter(BundleTest::isPrivate).toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> !line.startsWith("-----") && line.length() > 20)
                        .forEach(secrets::add);
            }
        }
        Files.readString(folder.ownKubeconfig())
                .lines()
                .filter(line -> line.contains("client-key-data"))
                .map(line -> line.split(": ")[1].replace("\"", ""))
                .forEach(secrets::add);
        secrets.addAll(List.of("ghp_TokenAlone", "correcthorse", "s3cr3t-of-a-plugin"));
        Files.writeString(folder.spec(), """
                apiVersion: lab/v1
                name: leaky
                nodes: [{name: n0}]
                provision: {git: "https://ghp_TokenAlone@git.example/post-boot.git", ref: main}
                k0s: {config: {extensions: {password: correcthorse, secret: "s3cr3t-of-a-plugin"}}}
                """);
        String leak = "it said:\n" + String.join("\n", secrets.subList(0, secrets.size() - 3))
                + "\nlab: sshd\n\u001b[32mok\u001b[0m \u001b]0;owned\u0007 ✔\n";
        Files.writeString(folder.serialLog("n0"), leak);
        EventLog log = new EventLog(folder.events());
        log.emit(new Event.Noted(Instant.EPOCH, "host", String.join(" ", secrets.subList(0, secrets.size() - 3))));
        log.emit(new Event.Served(Instant.EPOCH, "n0", "/image/a/vmlinuz", 404, 0, Duration.ofMillis(3)));
        log.emit(new Event.Leased(Instant.EPOCH, "n0", "52:54:00:00:00:01", "10.77.9.11"));
        EvidenceFile.write(
                new Evidence(
                        "n0",
                        "10.77.9.11",
                        "running",
                        new Evidence.Host(1L << 33, 1L << 40),
                        EventLog.read(folder.events()),
                        Map.of(Source.K0S, leak, Source.PROVISION, leak)),
                folder.evidence());
    }

    private static boolean isPrivate(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".key") || name.equals("id_ecdsa") || name.endsWith("host_key");
    }

    @Test
    void holdsWhatTellsWhyAndNoSecretOfTheLab() throws IOException, InterruptedException {
        Path file = home.resolve("bundle.tar.zst");
        assertThat(Bundle.write(site(), "leaky", file)).isPositive();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Map<String, String> contents = unpack(file);

        assertThat(contents)
                .containsKeys(
                        "cluster.yaml",
                        "events.jsonl",
                        "index.txt",
                        "n0.serial.log",
                        "diagnosis.txt",
                        "versions.txt",
                        "inventory.txt",
                        "lab-leaky.xml",
                        "n0.k0s.txt",
                        "n0.provision.txt");
        assertThat(contents.get("diagnosis.txt")).contains("the image has no kernel");
        assertThat(contents.get("cluster.yaml"))
                .contains("name: leaky", "nodes: [{name: n0}]", "@git.example/post-boot.git", "password: [secret]");
        assertThat(contents.get("index.txt")).contains("cluster.yaml", "diagnosis.txt");
        assertThat(contents.get("http.log")).contains("404 /image/a/vmlinuz");
        assertThat(contents.get("dhcp.log")).contains("52:54:00:00:00:01 10.77.9.11");
        assertThat(contents.get("n0.serial.log")).contains("lab: sshd", "ok \\x1b]0;owned\\x07 " + latin("✔"));
        assertThat(secrets).hasSizeGreaterThan(10);
        contents.forEach((name, text) ->
                secrets.forEach(secret -> assertThat(text).as(name).doesNotContain(secret)));
    }

    @Test
    void showsWhatTheDisplayOfAMachineThatRunsShows() throws IOException, InterruptedException {
        Plan plan = Plan.of(Clusters.ofNodes("leaky", 2), Cidr.parse("10.77.9.0/24"));
        Site site = site();
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        var lab = new Bootable(plan, Accelerator.PRETENDED, Inventory.EMPTY, image);
        for (NodePlan node : plan.nodes()) {
            new NodeMachine(site, lab, node).define();
        }
        hypervisor.machines().start(plan.nodes().getFirst().domain());
        Path file = home.resolve("screens.tar.zst");
        Bundle.write(site, "leaky", file);

        Map<String, String> contents = unpack(file);

        // The test driver's machines all show the same picture.
        byte[] png = contents.get("n0.screenshot.png").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isPositive();
        assertThat(contents).doesNotContainKey("n1.screenshot.png");
        assertThat(contents.get("index.txt")).contains("none  n1.screenshot.png: the machine is off");

        new KeepEvidence(site).run("leaky", new Run(event -> {}));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.evidence())))
                .isEqualTo("rwx------");
        try (Stream<Path> kept = Files.list(folder.evidence())) {
            assertThat(kept)
                    .allSatisfy(one -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .as(one.toString())
                            .isEqualTo("rw-------"));
        }
        assertThat(folder.evidence().resolve("n0.screenshot.png")).hasBinaryContent(png);
        Bundle.write(folder, file);
        assertThat(unpack(file)).containsKey("kept.n0.screenshot.png");
    }

    @Test
    void ofALabThatIsGoneThereIsWhatWasKept() throws IOException, InterruptedException {
        Path file = home.resolve("kept.tar.zst");
        Bundle.write(folder, file);

        assertThat(unpack(file))
                .containsKeys("diagnosis.txt", "n0.k0s.txt", "cluster.yaml")
                .doesNotContainKey("versions.txt");
    }

    /** UTF-8 as {@link #unpack} reads it. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Map<String, String> unpack(Path file) throws IOException, InterruptedException {
        Path to = Files.createTempDirectory(home, "unpacked");
        assertThat(new ProcessBuilder("tar", "--zstd", "-xf", file.toString(), "-C", to.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Map<String, String> contents = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(to)) {
            for (Path one : files.toList()) {
                contents.put(one.getFileName().toString(), Files.readString(one, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
