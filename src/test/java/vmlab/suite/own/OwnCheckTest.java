package vmlab.suite.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vmlab.run.CheckResult;
import vmlab.run.Outcome;
import vmlab.run.Pace;

/** What programs of the user's come to. */
@Execution(ExecutionMode.CONCURRENT)
class OwnCheckTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    private final List<String> rebooted = new ArrayList<>();

    private CheckResult run(String... lines) throws IOException, InterruptedException {
        return run(Optional.of(rebooted::add), lines);
    }

    private CheckResult run(Optional<Reboots> reboots, String... lines) throws IOException, InterruptedException {
        Path file = folder.resolve("web.answers.sh");
        write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return new OwnCheck("checks", file, Map.of("LAB_NAME", "demo"), scratch).run(Pace.USUAL, reboots);
    }

    /** By another process: a child that another test starts meanwhile would hold a file open that this one writes, and it can't be run then. */
    private static void write(Path file, String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "cat >\"$0\" && chmod 755 \"$0\"", file.toString()).start();
        try (var stdin = shell.outputWriter()) {
            stdin.write(text);
        }
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void oneThatExitsWith0Passes() throws IOException, InterruptedException {
        CheckResult result = run("echo of $LAB_NAME in \"$(pwd)\"; echo mark=$LAB_MARK >&2");

        assertThat(result.name()).isEqualTo("web.answers");
        assertThat(result.suite()).isEqualTo("checks");
        assertThat(result.status()).as(result.evidence()).isEqualTo(Outcome.PASSED);
        assertThat(result.evidence()).isEqualTo("of demo in " + folder.toRealPath() + "\nmark=");
    }

    @Test
    void anyOtherFailsWithTheEndOfWhatItWrote() throws IOException, InterruptedException {
        CheckResult result = run("seq 1 1000", "printf '\\033[31mred\\033[0m\\n'", "exit 3");

        assertThat(result.status()).isEqualTo(Outcome.FAILED);
        assertThat(result.evidence()).startsWith("exit 3\n982\n").endsWith("\n1000\nred");
    }

    @Test
    void oneThatDoesNotApplySaysSo() throws IOException, InterruptedException {
        CheckResult result = run("echo no GPU here; exit 77");

        assertThat(result.status()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.evidence()).isEqualTo("skipped: no GPU here");
    }

    @Test
    void oneThatHangsIsEndedAtItsOwnLimit() throws IOException, InterruptedException {
        CheckResult result = run("# limit: 1s", "sleep 600 & wait");

        assertThat(result.status()).isEqualTo(Outcome.FAILED);
        assertThat(result.evidence()).contains("did not end within 1 s");
        assertThat(result.took().toSeconds()).isLessThan(60);
    }

    @Test
    void aLimitThatIsNoneIsNamed() throws IOException, InterruptedException {
        assertThat(run("# limit: soon", "true").evidence()).contains("'soon'");
    }

    @Test
    void oneThatWritesWithoutEndCostsNoMemory() throws IOException, InterruptedException {
        CheckResult result = run("head -c 100000000 /dev/zero | tr '\\0' 'x'; echo; echo the end; exit 1");

        assertThat(result.evidence()).startsWith("exit 1\n").endsWith("\nthe end");
        assertThat(result.evidence().length()).isLessThan(20 << 20);
    }

    @Test
    void oneThatAsksForARebootRunsAgainWithItsMark() throws IOException, InterruptedException {
        CheckResult result = run(
                "echo run with mark \"$LAB_MARK\"",
                "case $LAB_MARK in '') echo cp first >$LAB_REBOOT ;; first) echo w1 second >$LAB_REBOOT ;; esac");

        assertThat(rebooted).containsExactly("cp", "w1");
        assertThat(result.status()).isEqualTo(Outcome.PASSED);
        assertThat(result.evidence()).isEqualTo("run with mark second");
    }

    @Test
    void oneThatFailsGetsNoReboot() throws IOException, InterruptedException {
        CheckResult result = run("echo cp first >$LAB_REBOOT; exit 1");

        assertThat(result.status()).isEqualTo(Outcome.FAILED);
        assertThat(rebooted).isEmpty();
    }

    @Test
    void withoutRebootsItIsSkipped() throws IOException, InterruptedException {
        CheckResult result = run(Optional.empty(), "echo cp first >$LAB_REBOOT");

        assertThat(result.status()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.evidence()).isEqualTo("skipped: it asks for a reboot of cp");
    }

    @Test
    void oneThatAsksForEverOrInOtherWordsFails() throws IOException, InterruptedException {
        assertThat(run("echo cp again >$LAB_REBOOT").evidence()).contains("more than 10 reboots");
        assertThat(rebooted).hasSize(10);

        assertThat(run("echo please >$LAB_REBOOT").evidence()).contains("'please'", "a node and a mark");
    }

    @Test
    void oneWhoseInterpreterIsMissingFails() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("odd"), "#!/no/such/thing\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        CheckResult result = new OwnCheck("checks", file, Map.of(), scratch).run(Pace.USUAL, Optional.empty());

        assertThat(result.status()).isEqualTo(Outcome.FAILED);
        assertThat(result.evidence()).contains(file + " can't be run");
    }
}
