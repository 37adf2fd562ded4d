package vmlab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of golden labs. */
class GoldensTest {

    private static final String KEY = "0123456789abcdef";

    @TempDir
    private Path folder;

    private Goldens goldens = new Goldens(Optional.empty());

    @BeforeEach
    void goldens() {
        goldens = new Goldens(Optional.of(folder.resolve("golden")));
    }

    @Test
    void oneThatIsKeptIsFoundByItsKeyAndListedWithItsLab() throws IOException {
        keep("single");

        assertThat(goldens.find(KEY)).isPresent();
        assertThat(goldens.find("another")).isEmpty();
        assertThat(goldens.all()).singleElement().satisfies(kept -> {
            assertThat(kept.lab()).isEqualTo("single");
            assertThat(kept.bytes()).isEqualTo(4711);
        });
        assertThat(goldens.haveOne("single")).isTrue();
        assertThat(goldens.haveOne("other")).isFalse();
    }

    @Test
    void nobodyElseMayEnter() throws IOException {
        keep("single");

        assertThat(Files.getPosixFilePermissions(folder.resolve("golden"))).hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.resolve("golden").resolve(KEY)))
                .hasSize(3);
    }

    @Test
    void oneThatWasCutShortIsNoneAndGoes() throws IOException {
        Golden golden = keep("single");
        Files.writeString(golden.memory("cp"), "short");

        assertThat(goldens.all()).isEmpty();
        assertThat(goldens.find(KEY)).isEmpty();
        assertThat(golden.folder()).doesNotExist();
    }

    @Test
    void oneThatLacksAFileOrItsManifestIsNone() throws IOException {
        Files.delete(keep("single").state("cp"));
        assertThat(goldens.find(KEY)).isEmpty();

        Files.delete(keep("single").manifest());
        assertThat(goldens.find(KEY)).isEmpty();
    }

    @Test
    void ofTwoUpsOfOnePlanTheFirstOneIsKept() throws IOException {
        keep("single");
        keep("late");

        assertThat(goldens.all()).extracting(Goldens.Kept::lab).containsExactly("single");
        try (var folders = Files.list(folder.resolve("golden"))) {
            assertThat(folders).as("nothing of the other").hasSize(1);
        }
    }

    @Test
    void thoseOfALabAreRemoved() throws IOException {
        keep("single");

        assertThat(goldens.remove("other")).isZero();
        assertThat(goldens.remove("single")).isEqualTo(1);
        assertThat(goldens.all()).isEmpty();
    }

    @Test
    void whereNoneCanBeKeptThereIsNone() {
        Goldens none = new Goldens(Optional.empty());

        assertThat(none.all()).isEmpty();
        assertThat(none.find(KEY)).isEmpty();
        assertThat(none.canBe()).isFalse();
    }

    private Golden keep(String lab) throws IOException {
        Golden begun = goldens.begin(KEY);
        Files.writeString(begun.memory("cp"), "memory");
        Files.writeString(begun.state("cp"), "state");
        new Manifest(lab, "2026-11-26T12:00:00Z", 121_000, 4711, Map.of(), Manifest.sizes(begun)).write(begun);
        goldens.keep(begun, KEY);
        return new Golden(folder.resolve("golden").resolve(KEY));
    }
}
