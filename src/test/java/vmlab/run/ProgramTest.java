package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {

    @TempDir
    private Path folder;

    private static Program shell(String script, Duration limit) {
        return new Program(new ProcessBuilder("sh", "-c", script), limit);
    }

    @Test
    void whatAProgramSaysOnEitherOutputIsOneText() throws Exception {
        assertThat(shell("echo one; echo two >&2; exit 3", Duration.ofMinutes(1))
                        .run())
                .isEqualTo(new Program.Said(3, "one\ntwo"));
    }

    @Test
    void ofAGreatManyWordsTheLastAreKept() throws Exception {
        String text = shell("seq 1 5000000; echo the end", Duration.ofMinutes(1))
                .run()
                .text();

        assertThat(text).endsWith("\n4999999\n5000000\nthe end");
        assertThat(text.lines().skip(1))
                .startsWith("" + (5_000_000 - text.lines().count() + 3));
    }

    @Test
    void aQuestionIsAnsweredByNobody() throws Exception {
        assertThat(shell("read answer || echo nobody", Duration.ofMinutes(1))
                        .run()
                        .text())
                .isEqualTo("nobody");
    }

    @Test
    void oneThatDoesNotEndIsEndedWithWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");

        assertThatThrownBy(shell("sleep 600 & echo $! > '" + pid + "'; wait", Duration.ofMillis(500))::run)
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).isEqualTo("sh did not end within 500 ms");
                    assertThat(failure.why()).contains("sleep 600");
                });

        assertThat(isGone(pid)).isTrue();
    }

    @Test
    void anInterruptionEndsIt() throws Exception {
        Path pid = folder.resolve("pid");
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                shell("echo $$ > '" + pid + "'; exec sleep 600", Duration.ofMinutes(5))
                        .run();
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        while (!Files.exists(pid) || Files.size(pid) == 0) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join();

        assertThat(isGone(pid)).isTrue();
    }

    /** Killed it is, but its end takes a moment to be seen. */
    private static boolean isGone(Path pid) throws Exception {
        var process = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
        return true;
    }
}
