package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.LockFile;

/** What forks are called, and where they are. */
class ForksTest {

    @TempDir
    private Path home;

    private void aFork(String name) throws IOException {
        Files.createDirectories(
                LabFolder.of(home.resolve("forks").resolve(name), name).path());
    }

    @Test
    void theyAreNumberedPastThoseThatAreThere() throws IOException {
        Files.createDirectories(LabFolder.of(home, "demo-1").path());
        aFork("demo-3");

        assertThat(new Forks(home).choose("demo", 3, false)).containsExactly("demo-2", "demo-4", "demo-5");
    }

    @Test
    void aSingleOneIsCalledAsItsUserSays() throws IOException {
        assertThat(new Forks(home).choose("try", 1, true)).containsExactly("try");
        assertThat(new Forks(home).choose("try", 2, true)).containsExactly("try-1", "try-2");

        aFork("try");
        assertThatThrownBy(() -> new Forks(home).choose("try", 1, true)).hasMessageContaining("there is a lab try");
        assertThatThrownBy(() -> new Forks(home).choose("No Name", 1, true)).hasMessageContaining("no name for a lab");
    }

    @Test
    void thoseOfAForkStandBesideIt() throws IOException {
        aFork("demo-1");
        Files.createDirectories(home.resolve("labs"));
        Forks fromWithin = new Forks(home.resolve("forks/demo-1"));

        assertThat(fromWithin.home("demo-2")).isEqualTo(home.resolve("forks/demo-2"));
        assertThat(fromWithin.names()).containsExactly("demo-1");
        assertThat(new Forks(home).names()).containsExactly("demo-1");
    }

    @Test
    void oneIsStartingUntilItRunsOrIsGoneOrNobodyWorksOnIt() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.createDirectories(
                    LabFolder.of(home.resolve("forks").resolve(name), name).origin());
        }
        Forks forks = new Forks(home);
        forks.noteStarting(List.of("a", "b", "c"));
        assertThat(forks.startingBeside("a")).containsExactly("b", "c");

        Files.delete(LabFolder.of(home.resolve("forks/b"), "b").origin());
        assertThat(forks.startingBeside("a")).as("b came up").containsExactly("c");

        Path noted = home.resolve("forks/.starting/c");
        Files.setLastModifiedTime(noted, FileTime.from(Instant.now().minusSeconds(600)));
        assertThat(forks.startingBeside("a")).as("nobody holds c").isEmpty();
        try (LockFile held =
                LockFile.tryTake(home.resolve("forks/c/locks/c"), "").orElseThrow()) {
            assertThat(forks.startingBeside("a")).containsExactly("c");
        }

        List.of("a", "b", "c").forEach(forks::noteStarted);
        assertThat(home.resolve("forks/.starting")).doesNotExist();
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefused() {
        Path deep = home.resolve("x".repeat(60));

        assertThatThrownBy(() -> new Forks(deep).choose("demo", 1, false)).hasMessageContaining("too long a path");
    }

    @Test
    void whereNoneWasEverMadeThereIsNone() {
        assertThat(new Forks(home).names()).isEmpty();
    }
}
