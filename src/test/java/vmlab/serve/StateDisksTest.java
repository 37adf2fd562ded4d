package vmlab.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run on a node, run here. */
class StateDisksTest {

    @TempDir
    private Path folder;

    @Test
    void foldersAreMadeForWhoeverAPodRunsAsAndRemovedWithAllThatIsInThem() throws Exception {
        Path old = Files.createDirectories(folder.resolve("volumes/old/deep"));
        Files.writeString(old.resolve("file"), "text");
        String command = StateDisks.command(
                List.of(folder + "/volumes/a", folder + "/volumes/b"), List.of(folder + "/volumes/old"));
        // Both may be done already: the answer to the first try may have been lost.
        for (int run = 0; run < 2; run++) {
            assertThat(new ProcessBuilder("sh", "-c", "umask 077 && " + command)
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertThat(folder.resolve("volumes/old")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(folder.resolve("volumes/b")))
                .isEqualTo(PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(StateDisks.command(List.of(), List.of("/x"))).isEqualTo("true && rm -rf /x");
    }
}
