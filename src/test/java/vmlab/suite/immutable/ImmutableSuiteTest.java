package vmlab.suite.immutable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.run.CheckResult;
import vmlab.run.Outcome;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.ssh.NodeServer;
import vmlab.ssh.SshKeyPair;
import vmlab.ssh.SshSession;

/**
 * The promises against a real shell over real SSH, in a folder that plays the node's root: what is below it can be written or not, as on
 * a node; what is mounted, a file tells. A reboot empties its /etc, as a node's does.
 */
@Execution(ExecutionMode.CONCURRENT)
class ImmutableSuiteTest {

    @TempDir
    Path root;

    @TempDir
    Path keys;

    private final SshKeyPair user = SshKeyPair.generate("lab");
    private NodeServer node;

    @BeforeEach
    void furnish() throws IOException {
        for (String folder : List.of(
                "usr/bin",
                "usr/local",
                "etc",
                "config/root/etc",
                "home",
                "var/lib",
                "opt",
                "run/lab/base/var/lib",
                "run/lab/base/home",
                "run/lab/base/opt",
                "run/lab/base/usr/local",
                "state",
                "sys/dev/block/254:16")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(root.resolve("mountinfo"), MountsTest.NODE);
        Files.writeString(root.resolve("config/root/etc/hostname"), "cp\n");
        Files.writeString(root.resolve("etc/hostname"), "cp\n");
        Files.writeString(root.resolve("sys/dev/block/254:16/ro"), "1\n");
        Files.writeString(root.resolve("state/.filled"), "abc\n");
        node = new NodeServer(user.publicKey(), this::inTheRoot);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    /** Root may write everywhere, also where a mode forbids it: /usr and /config are given as paths that are no folders. */
    private String inTheRoot(String command) {
        String here = command.replace("/proc/self/mountinfo", "/mountinfo")
                .replaceAll(
                        "(?<![\\w.*$])/(mountinfo|usr|etc|config|home|var|opt|run|state|sys)(?=[/\\s;\"')]|$)",
                        root + "/$1");
        return here.replace("\"/$", "\"" + root + "/$")
                .replace(
                        "file=$folder/",
                        "case $folder in " + root + "/usr/local) ;; " + root + "/usr*|" + root + "/config*) [ -e "
                                + root + "/unlocked ] || continue ;; esac; file=$folder/");
    }

    private SshSession login() throws Exception {
        Path key = NodeServer.userKey(keys, user);
        var login = SshSession.open(node.address(), "root", key, node.hostKey.publicKey(), Duration.ofSeconds(10));
        return ((Reading.Ready<SshSession>) login).value();
    }

    private List<CheckResult> check(Runnable reboot) throws Exception {
        Rebooter rebooter = new Rebooter() {
            @Override
            public SshSession reboot(SshSession before) throws InterruptedException {
                before.close();
                reboot.run();
                try {
                    return login();
                } catch (InterruptedException interrupted) {
                    throw interrupted;
                } catch (Exception error) {
                    throw new AssertionError(error);
                }
            }

            @Override
            public String ready() {
                return "cp is Ready";
            }
        };
        return new ImmutableSuite("cp", login(), new Run(event -> {})).check(Optional.of(rebooter));
    }

    private void etcIsLost() {
        try (var files = Files.list(root.resolve("etc"))) {
            for (Path file : files.filter(it -> !it.endsWith("hostname")).toList()) {
                Files.delete(file);
            }
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    private static CheckResult of(List<CheckResult> results, String name) {
        return results.stream()
                .filter(it -> it.name().equals("cp/" + name))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> markers() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(it -> it.toString().contains(".lab-immutable-")).toList();
        }
    }

    @Test
    void aNodeThatKeepsItsPromisesPassesAndIsLeftClean() throws Exception {
        List<CheckResult> results = check(this::etcIsLost);
        assertThat(results).allSatisfy(it -> assertThat(it.status())
                .as(it.name() + ": " + it.evidence())
                .isEqualTo(Outcome.PASSED));
        assertThat(results)
                .extracting(CheckResult::name)
                .contains("cp/usr-read-only", "cp/etc-resets", "cp/var-kept", "cp/usr-local-kept", "cp/reboot");
        assertThat(markers()).isEmpty();
    }

    @Test
    void anEtcThatOutlivesARebootIsCaughtWithTheFile() throws Exception {
        List<CheckResult> results = check(() -> {});
        assertThat(of(results, "etc-resets").status()).isEqualTo(Outcome.FAILED);
        assertThat(of(results, "etc-resets").evidence())
                .contains("/etc/.lab-immutable-")
                .contains("outlived a reboot");
        assertThat(markers()).isEmpty();
    }

    @Test
    void aVarThatDoesNotLastIsCaughtWithTheFile() throws Exception {
        List<CheckResult> results = check(() -> {
            etcIsLost();
            try {
                for (Path marker : markers()) {
                    Files.delete(marker);
                }
            } catch (IOException error) {
                throw new AssertionError(error);
            }
        });
        assertThat(of(results, "var-kept").evidence())
                .contains("/var/.lab-immutable-")
                .contains("did not outlive");
    }

    @Test
    void aMountOverAProgramIsCaughtWithItsPlace() throws Exception {
        Files.writeString(
                root.resolve("mountinfo"), MountsTest.NODE + "50 25 0:60 /x /usr/bin/mount rw - tmpfs tmpfs rw\n");
        CheckResult usr = of(check(this::etcIsLost), "usr-read-only");
        assertThat(usr.status()).isEqualTo(Outcome.FAILED);
        assertThat(usr.evidence()).contains("/usr/bin/mount is covered by another mount");
    }

    @Test
    void aUsrThatCanBeWrittenIsCaughtWithTheFile() throws Exception {
        Files.createFile(root.resolve("unlocked"));
        List<CheckResult> results = check(this::etcIsLost);
        assertThat(of(results, "usr-read-only").evidence())
                .contains("/usr/.lab-immutable-")
                .contains("could be written");
        assertThat(of(results, "config-read-only").evidence()).contains("/config/.lab-immutable-");
        assertThat(markers()).isEmpty();
    }

    @Test
    void aVarInMemoryIsCaught() throws Exception {
        Files.writeString(root.resolve("mountinfo"), MountsTest.NODE.replaceAll("(?m)^32 .*\n", ""));
        assertThat(of(check(this::etcIsLost), "var-kept").evidence()).contains("/var is in memory");
    }

    @Test
    void aFileOfTheConfigDiskThatIsNotInPlaceIsNamed() throws Exception {
        List<CheckResult> results = check(() -> {
            etcIsLost();
            try {
                Files.writeString(root.resolve("etc/hostname"), "another\n");
            } catch (IOException error) {
                throw new AssertionError(error);
            }
        });
        assertThat(of(results, "config-read-at-boot").evidence()).startsWith("/etc/hostname is not as the config disk");
    }

    @Test
    void whatTheImageHasAndTheStateDiskLacksIsNamed() throws Exception {
        Files.createFile(root.resolve("run/lab/base/var/lib/needed"));
        assertThat(of(check(this::etcIsLost), "state-filled").evidence()).contains("/var/lib/needed is in the image");
    }

    @Test
    void withoutARebootWhatOnlyItShowsIsSkippedAndSaysSo() throws Exception {
        var results = new ImmutableSuite("cp", login(), new Run(event -> {})).check(Optional.empty());
        assertThat(of(results, "usr-read-only").status()).isEqualTo(Outcome.PASSED);
        assertThat(of(results, "var-kept").status()).isEqualTo(Outcome.SKIPPED);
        assertThat(of(results, "var-kept").evidence()).startsWith("skipped: only a reboot shows it");
        assertThat(markers()).isEmpty();
    }
}
