package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;

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
        Forks fromWithin = new Forks(home.resolve("forks/demo-1"));

        assertThat(fromWithin.home("demo-2")).isEqualTo(home.resolve("forks/demo-2"));
        assertThat(fromWithin.names()).containsExactly("demo-1");
        assertThat(new Forks(home).names()).containsExactly("demo-1");
    }

    @Test
    void whereNoneWasEverMadeThereIsNone() {
        assertThat(new Forks(home).names()).isEmpty();
    }
}
