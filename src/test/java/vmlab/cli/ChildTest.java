package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {

    @TempDir
    Path folder;

    /** Interrupts the thread that calls this as soon as the child has said its process id; returns that. */
    private Path interruptedOnceItRuns() {
        Thread command = Thread.currentThread();
        Path said = folder.resolve("pid");
        Thread.startVirtualThread(() -> {
            while (read(said).isEmpty()) {
                pause();
            }
            command.interrupt();
        });
        return said;
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException notYet) {
            return "";
        }
    }

    private static void isGone(Path pid) {
        assertThat(ProcessHandle.of(Long.parseLong(read(pid)))).isEmpty();
    }

    @Test
    void whatTookOverTheTerminalEndsWithTheCommand() {
        Path pid = interruptedOnceItRuns();

        assertThatThrownBy(() -> Child.run(List.of("sh", "-c", "echo $$ >" + pid + "; exec sleep 600")))
                .isInstanceOf(InterruptedException.class);

        isGone(pid);
    }

    @Test
    void itHasTheTimeToTidyUp() {
        Path pid = interruptedOnceItRuns();
        Path tidy = folder.resolve("tidy");

        assertThatThrownBy(() -> Child.run(List.of(
                        "sh",
                        "-c",
                        "trap 'sleep 0.2; echo tidy >" + tidy + "; exit' TERM; echo $$ >" + pid
                                + "; while :; do sleep 0.05; done")))
                .isInstanceOf(InterruptedException.class);

        assertThat(tidy).exists();
        isGone(pid);
    }

    @Test
    void itsStatusIsTheCommands() throws Exception {
        assertThat(Child.run(List.of("sh", "-c", "exit 7"))).isEqualTo(7);
    }
}
