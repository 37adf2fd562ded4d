package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job with a real virtual machine: one lab, brought up once and looked at from all sides, then taken down. */
@WithinMinutes(40)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SingleNodeIT implements GoesOnFromGolden {

    /** labs/provisioned.yaml under the name that all of this test goes by. */
    @TempDir
    static Path folder;

    private String[] up = {};
    private Path home;
    private LabCommand lab;
    private String fileSystem = "";

    @BeforeAll
    void makeAHome() throws IOException {
        home = Files.createTempDirectory("lab-it");
        lab = new LabCommand(home);
        Path labs = Path.of("labs").toAbsolutePath();
        Path file = Files.writeString(
                folder.resolve("single.yaml"),
                Files.readString(labs.resolve("provisioned.yaml"))
                        .replace("name: provisioned", "name: single")
                        .replace("../images", labs.resolveSibling("images").toString())
                        .replace("./post-boot", labs.resolve("post-boot").toString()));
        up = new String[] {"up", file.toString(), "--image", "images/debian-standin.yaml"};
    }

    @AfterAll
    void leaveNothing() throws IOException, InterruptedException {
        lab.run("down", "single");
        Leftovers.removeHome(home);
    }

    @Test
    @Order(0)
    void downAfterAKilledUpLeavesNothing() throws IOException, InterruptedException {
        killAnUpOnceItsNodeIsOn();
        assertThat(lab.run("list").out()).contains("single");

        assertThat(lab.run("down", "single").exit()).isZero();
        Leftovers.assertNone(home);
    }

    @Test
    @Order(1)
    void anInterruptedUpWindsDown() throws IOException, InterruptedException {
        Path noise = Files.createTempFile(home, "noise", "");
        Process up = lab.start(noise, noise, this.up);
        while (up.isAlive() && !Files.readString(noise).contains("power ")) {
            Thread.sleep(100);
        }
        up.destroy();
        assertThat(up.waitFor()).as(Files.readString(noise)).isEqualTo(128 + 15);
        Files.delete(noise);
        assertThat(lab.run("list").out()).contains("no labs");
        assertThat(lab.run("down", "single").exit()).isZero();
        Leftovers.assertNone(home);
    }

    @Test
    @Order(2)
    void aRebootOfThisMachineLeavesTheLabOff() throws IOException, InterruptedException {
        killAnUpOnceItsNodeIsOn();
        fileSystem = fileSystem();

        // All that ran in the host goes with it, and so does its /run.
        ProcessHandle host = ProcessHandle.of(Long.parseLong(
                        Files.readString(home.resolve("host/pid")).split(" ")[0]))
                .orElseThrow();
        host.destroyForcibly();
        host.onExit().join();

        assertThat(lab.run("list").out().replaceAll(" +", " ")).containsPattern("single 10\\.\\S+ 1 0 off");
        assertThat(lab.run("status", "single").out()).contains("(stopped)");
    }

    @Test
    @Order(3)
    void upEndsWithANodeThatIsReadyAfterARebootToo() throws IOException, InterruptedException {
        Path packets = folder.resolve("boot.pcapng");
        Path said = folder.resolve("capture.log");
        Process capture =
                lab.start(said, said, "capture", "--wait", "single", "cp", "-w", packets.toString(), "port", "67");
        LabCommand.Result up = lab.run(this.up);
        capture.destroy();
        capture.waitFor();
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(Files.readAllBytes(packets))
                .as("the firmware asks for an address: " + Files.readString(said))
                .startsWith(0x0a, 0x0d, 0x0d, 0x0a)
                .containsSequence("PXEClient".getBytes(StandardCharsets.US_ASCII));
        assertThat(fileSystem()).as("made once").isEqualTo(fileSystem);
        assertThat(up.out()).contains("lab single is up");
        System.out.println(up.err());
        LabCommand.Result report = lab.run("report", "single");
        assertThat(report.out()).contains("image", "k0s: stand-in", "sshd", "15 of 15 checks passed");
        assertThat(report.out().lines().map(line -> line.replaceAll("\\s+", " ")))
                .as("the road to Ready, stage by stage")
                .anyMatch(line -> line.contains(" cp firmware *"))
                .anyMatch(line -> line.contains(" cp kernel *"))
                .anyMatch(line -> line.contains(" cp rootfs *"))
                .anyMatch(line -> line.contains(" cp init *"))
                .anyMatch(line -> line.contains(" cp k0s *"))
                .anyMatch(line -> line.contains(" cp Ready *"));
        System.out.println(report.out());
    }

    @Override
    public LabCommand lab() {
        return lab;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public String[] up() {
        return up;
    }

    @Test
    @Order(4)
    @Override
    public void theKubeconfigWorksFromThisShell() throws IOException {
        Path kubeconfig = home.resolve("labs/single/kubeconfig");
        assertThat(Files.getPosixFilePermissions(kubeconfig)).hasSize(2);
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build()) {
            assertThat(client.nodes().list().getItems()).singleElement().satisfies(node -> assertThat(
                            node.getStatus().getConditions())
                    .filteredOn(condition -> condition.getType().equals("Ready"))
                    .extracting(NodeCondition::getStatus)
                    .containsExactly("True"));
        }
    }

    @Test
    @Order(5)
    void aSecondUpChangesNothing() throws IOException, InterruptedException {
        LabCommand.Result again = lab.run(this.up);
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("nothing had to be done");
    }

    @Test
    @Order(7)
    void theRootIsReadOnlyAndTheNodeKnowsItsName() throws IOException, InterruptedException {
        assertThat(lab.run("ssh", "single", "--", "hostname").out().strip()).isEqualTo("cp");
        assertThat(lab.run("ssh", "single", "--", "touch /usr/x; touch /var/x && echo kept")
                        .out())
                .isEqualTo("kept\n");
        assertThat(lab.run("status", "single").out()).contains("running", "stand-in");
        assertThat(lab.run("logs", "single").out()).contains("lab: sshd");
    }

    @Test
    @Order(7)
    void aCommandOnTheNodeEndsAndReadsItsWordsAsWithSsh() throws IOException, InterruptedException {
        assertThat(lab.run("ssh", "single", "--", "exit", "7").exit()).isEqualTo(7);
        assertThat(lab.run("ssh", "single", "--", "exit", "75").exit())
                .as("which the launcher has a meaning for, of lab's own commands")
                .isEqualTo(75);
        assertThat(lab.run("ssh", "single", "--", "printf '<%s>'", "'a;  b'", "c;", "echo d")
                        .out())
                .isEqualTo("<a;  b><c>d\n");
    }

    @Test
    @Order(7)
    void checksOfOnesOwnAreRunAgainstIt() throws IOException, InterruptedException {
        Path checks = Files.createDirectory(folder.resolve("checks"));
        Path check = Files.writeString(checks.resolve("node-answers.sh"), """
                #!/bin/bash -e
                echo "$LAB_NAME: $LAB_NODES"
                grep -q "server: https://$LAB_ADDRESSES:6443" "$KUBECONFIG"
                : </dev/tcp/$LAB_ADDRESSES/6443
                [ "$("LAB" ssh "$LAB_NAME" -- hostname)" = cp ]
                """.replace(
                        "LAB\" ssh", Path.of("scripts/lab").toAbsolutePath() + "\" ssh"));
        Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwx------"));

        LabCommand.Result test = lab.run("test", "single", "--suite", checks.toString(), "-o", "json");

        assertThat(test.exit()).as(test.out() + test.err()).isZero();
        assertThat(new JsonMapper().readTree(test.out())).singleElement().satisfies(result -> {
            assertThat(result.path("name").asText()).isEqualTo("node-answers");
            assertThat(result.path("evidence").asText()).isEqualTo("single: cp");
        });
    }

    @Test
    @Order(7)
    void theConsoleAttachesEchoesGoesOnWhenResizedAndLeavesTheTerminalAsItWas()
            throws IOException, InterruptedException {
        try (PseudoTerminal terminal = new PseudoTerminal(lab, "console single")) {
            terminal.await("console of cp; Ctrl-] leaves it (there: stty rows 24 cols 80)");
            terminal.await("Escape character is ^]");
            terminal.type("\r");
            terminal.await("cp login:");
            terminal.resize(50, 160);
            terminal.type("somebody\r");
            terminal.await("somebody");
            terminal.type("\u001d");
            assertThat(terminal.exit()).isZero();
            assertThat(terminal.told("after")).isEqualTo(terminal.told("before"));
            assertThat(terminal.told("size")).isEqualTo("50 160");
        }
    }

    @Test
    @Order(7)
    void theBundleShowsWhatTheNodesDisplayShows() throws IOException, InterruptedException {
        Path bundle = folder.resolve("single.tar.zst");
        assertThat(lab.run("bundle", "single", "--file", bundle.toString()).exit())
                .isZero();
        Process tar = new ProcessBuilder("tar", "--zstd", "-xOf", bundle.toString(), "./cp.screenshot.png").start();
        BufferedImage picture = ImageIO.read(tar.getInputStream());
        assertThat(IntStream.range(0, picture.getWidth() * picture.getHeight())
                        .map(dot -> picture.getRGB(dot % picture.getWidth(), dot / picture.getWidth()))
                        .distinct())
                .as("colours")
                .hasSizeGreaterThan(1);
    }

    @Test
    @Order(7)
    void theNodeProvisionedItselfAndASecondPullChangesNothing() throws IOException, InterruptedException {
        assertThat(lab.run("logs", "single", "provision").out())
                .contains("changed: user ops", "changed: /usr/local/bin/hello", "exit 0");
        assertThat(lab.run("ssh", "single", "--", "hello").out()).isEqualTo("hello from cp\n");

        LabCommand.Result pull = lab.run("pull", "single", "--all");
        assertThat(pull.exit()).as(pull.out() + pull.err()).isZero();
        assertThat(pull.out()).contains("post-boot: done", "cp: exit 0").doesNotContain("changed:");
    }

    @Test
    @Order(8)
    void theSystemKeepsItsPromisesThroughAReboot() throws IOException, InterruptedException {
        // The repository is away while the node boots: it runs the last good checkout.
        Path repository = home.resolve("labs/single/provision.git");
        Files.move(repository, folder.resolve("away.git"));
        Path junit = home.resolve("junit.xml");
        LabCommand.Result tests =
                lab.run("test", "single", "--suite", "immutable", "-o", "json", "--junit", junit.toString());
        assertThat(tests.exit()).as(tests.out() + tests.err()).isZero();
        assertThat(tests.out()).contains("cp/usr-read-only", "cp/etc-resets", "cp/var-kept", "cp/ready-again");
        new JsonMapper().readTree(tests.out()).forEach(check -> assertThat(
                        check.path("status").asText())
                .as(check.toString())
                .isEqualTo("PASSED"));
        assertThat(Files.readString(junit)).contains("<testsuite", "failures=\"0\"");
        Files.delete(junit);
        while (!lab.run("logs", "single").out().contains("the last good checkout")) {
            Thread.sleep(1000);
        }
        assertThat(lab.run("ssh", "single", "--", "id -u ops").out()).isEqualTo("2000\n");
        LabCommand.Result up = lab.run(this.up);
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(up.out()).contains("nothing had to be done");

        lab.run("ssh", "single", "--", "mkdir /tmp/other && mount --bind /tmp/other /usr/share/k0s");
        LabCommand.Result broken = lab.run("test", "single", "--suite", "immutable", "--no-reboot", "-o", "json");
        lab.run("ssh", "single", "--", "umount /usr/share/k0s");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out()).contains("/usr/share/k0s is covered by another mount");
    }

    @Test
    @Order(8)
    @Tag("long")
    void aCheckOfOnesOwnIsRunAgainAfterTheRebootThatItAsksFor() throws IOException, InterruptedException {
        Path checks = Files.createDirectory(folder.resolve("rebooting"));
        Path check = Files.writeString(checks.resolve("boots-again.sh"), """
                #!/bin/bash
                # limit: 10m
                booted=$("$LAB" ssh "$LAB_NAME" -- cat /proc/sys/kernel/random/boot_id)
                if [ -z "$LAB_MARK" ]; then
                    echo "cp $booted" >"$LAB_REBOOT"
                else
                    [ "$booted" != "$LAB_MARK" ]
                fi
                """.replace(
                        "\"$LAB\"", Path.of("scripts/lab").toAbsolutePath().toString()));
        Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwx------"));

        LabCommand.Result test = lab.run("test", "single", "--suite", checks.toString());

        assertThat(test.exit()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).contains("1 of 1 checks passed");
    }

    @Test
    @Order(9)
    void anEditIsRefusedWithTheReason() throws IOException, InterruptedException {
        Path edited = home.resolve("edited.yaml");
        Files.writeString(
                edited,
                Files.readString(Path.of("labs/single.yaml"))
                        .replace("role: single", "role: controller+worker")
                        .replace("../images", Path.of("images").toAbsolutePath().toString()));
        LabCommand.Result up = lab.run("up", edited.toString(), "--image", "images/debian-standin.yaml");
        Files.delete(edited);
        assertThat(up.exit()).isEqualTo(2);
        assertThat(up.err()).contains("can't be changed to cluster.yaml in place", "role single", "lab down single");
        assertThat(lab.run("list").out()).contains("single");
    }

    @Test
    @Order(10)
    void downLeavesNothing() throws IOException, InterruptedException {
        assertThat(lab.run("down", "single").exit()).isZero();
        Leftovers.assertNone(home);
        assertThat(lab.run("down", "single").exit()).isZero();
        LabCommand.Result report = lab.run("report", "single");
        assertThat(report.err()).contains("single is gone; this is its last run");
        assertThat(report.out()).contains("15 of 15 checks passed");
    }

    private void killAnUpOnceItsNodeIsOn() throws IOException, InterruptedException {
        Path noise = Files.createTempFile(home, "noise", "");
        Process up = lab.start(noise, noise, this.up);
        while (up.isAlive() && !Files.readString(noise).contains("power ")) {
            Thread.sleep(100);
        }
        assertThat(up.isAlive()).as(Files.readString(noise)).isTrue();
        Stream.concat(up.descendants(), Stream.of(up.toHandle()))
                .filter(SingleNodeIT::isUp)
                .forEach(ProcessHandle::destroyForcibly);
        up.waitFor();
        Files.delete(noise);
    }

    /** The UUID of what is on the node's state disk, from the superblock of ext4. */
    private String fileSystem() throws IOException {
        try (RandomAccessFile disk =
                new RandomAccessFile(home.resolve("labs/single/cp.state.img").toFile(), "r")) {
            byte[] uuid = new byte[16];
            disk.seek(1024 + 0x68);
            disk.readFully(uuid);
            return HexFormat.of().formatHex(uuid);
        }
    }

    private static boolean isUp(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"))
                            .split("\0"))
                    .contains("up");
        } catch (IOException gone) {
            return false;
        }
    }
}
