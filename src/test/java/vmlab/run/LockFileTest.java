package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against flock(1), which is another process. */
class LockFileTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("locks/demo");
    }

    private LockFile take() throws IOException {
        return LockFile.tryTake(file(), "me\n").orElseThrow();
    }

    /** Whether another process could have it now. */
    private boolean isFree() throws IOException, InterruptedException {
        return new ProcessBuilder("flock", "--nonblock", file().toString(), "true")
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void oneHasItAndSaysWho() throws Exception {
        try (LockFile held = take()) {
            assertThat(isFree()).isFalse();
            assertThat(LockFile.tryTake(file(), "you\n"))
                    .as("another thread is no better")
                    .isEmpty();
            assertThat(LockFile.holder(file())).isEqualTo("me\n");
        }
        assertThat(file()).doesNotExist();
        take().close();
    }

    @Test
    void closingAnotherChannelOnTheFileDoesNotLetGoOfIt() throws Exception {
        try (LockFile held = take()) {
            FileChannel.open(file(), StandardOpenOption.WRITE).close();
            Files.readString(file());
            assertThat(isFree()).isFalse();
        }
    }

    @Test
    void whoeverWasKilledHoldingItHasItNoMore() throws Exception {
        Files.createDirectories(file().getParent());
        Process other =
                new ProcessBuilder("flock", "-o", file().toString(), "sh", "-c", "echo held; exec sleep 600").start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(LockFile.tryTake(file(), "")).isEmpty();
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly().waitFor();
        }
        take().close();
    }

    @Test
    void aFolderIsHeldByNobody() throws IOException {
        assertThat(LockFile.isHeld(folder)).isFalse();
        assertThatThrownBy(() -> LockFile.tryTake(folder, "me")).isInstanceOf(IOException.class);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPathThatLeadsNowhereIsNotTriedForEver() throws IOException {
        Files.createDirectories(file().getParent());
        Files.createSymbolicLink(file(), folder.resolve("gone/demo"));

        assertThatThrownBy(this::take)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file() + " can't be opened");
    }

    @Test
    void aFileThatWentWhileItWasAwaitedIsMadeAnew() throws Exception {
        LockFile first = take();
        Files.delete(file());
        try (LockFile second = take()) {
            assertThat(isFree()).isFalse();
        }
        first.close();
    }
}
