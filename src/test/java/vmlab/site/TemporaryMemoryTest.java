package vmlab.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.power.Teardown;

/** The place for machines' memory, where everybody may write. */
class TemporaryMemoryTest {

    @TempDir
    private Path home;

    private Path place = Path.of("/nowhere");

    @BeforeEach
    void place() {
        place = TemporaryMemory.of(home).orElse(home.resolve("none"));
        Assumptions.assumeTrue(TemporaryMemory.of(home).isPresent(), "no tmpfs at /dev/shm");
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (Files.isSymbolicLink(place)) {
            Files.delete(place);
        } else {
            FolderTree.delete(place);
        }
    }

    @Test
    void aLinkThatSomebodyPutThereIsNotFollowed() throws IOException {
        Files.createSymbolicLink(place, home);

        assertThat(TemporaryMemory.of(home)).isEmpty();
    }

    @Test
    void eachHomeHasItsOwn() {
        assertThat(TemporaryMemory.of(home.resolve("other"))).isNotEmpty().isNotEqualTo(TemporaryMemory.of(home));
    }

    @Test
    void whatNoLabHasIsTold() throws IOException {
        Files.createDirectories(place.resolve("of-a-lab"));
        Path left = Files.createDirectories(place.resolve("of-none"));

        assertThat(TemporaryMemory.leftovers(home, Set.of("of-a-lab"))).containsExactly(left);
    }

    @Test
    void aLabWhoseHostIsGoneLeavesNoMemoryAndAnothersStays() throws IOException {
        Identity identity = Identity.begin("single", home, Identity.EMBEDDED, Clock.systemUTC());
        identity.write(LabFolder.of(home, "single"));
        Files.createDirectories(place.resolve("of-another"));
        Path memory = Files.createDirectories(place.resolve(identity.id())).resolve("cp.memory");
        Files.writeString(memory, "secrets");

        Teardown.removeFolder(LabFolder.of(home, "single"));

        assertThat(memory.getParent()).doesNotExist();
        assertThat(place.resolve("of-another")).exists();
        Files.delete(place.resolve("of-another"));
        TemporaryMemory.forget(identity);
        assertThat(place).doesNotExist();
    }
}
