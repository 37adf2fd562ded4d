package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.spec.Bytes;

/** What is kept of golden labs. */
class GoldensTest {

    private static final String KEY = "0123456789abcdef";
    private static final long SIZE = 4711;

    @TempDir
    private Path folder;

    private Goldens goldens = new Goldens(Path.of("/"));

    @BeforeEach
    void goldens() {
        goldens = new Goldens(folder);
    }

    @Test
    void oneThatIsKeptIsFoundByItsKeyAndListedWithItsLab() throws IOException {
        keep(KEY, "single");

        assertThat(goldens.find(KEY)).isPresent();
        assertThat(goldens.find("another")).isEmpty();
        assertThat(goldens.all()).singleElement().satisfies(kept -> {
            assertThat(kept.lab()).isEqualTo("single");
            assertThat(kept.bytes()).isEqualTo(SIZE);
        });
        assertThat(goldens.haveOne("single")).isTrue();
        assertThat(goldens.haveOne("other")).isFalse();
    }

    @Test
    void nobodyElseMayEnter() throws IOException {
        keep(KEY, "single");

        assertThat(Files.getPosixFilePermissions(folder.resolve("golden"))).hasSize(3);
        assertThat(Files.getPosixFilePermissions(folder.resolve("golden").resolve(KEY)))
                .hasSize(3);
    }

    @Test
    void oneThatWasCutShortOrLacksAFileIsNone() throws IOException {
        Snapshot golden = keep(KEY, "single");
        Files.writeString(golden.memory("cp"), "short");
        assertThat(goldens.all()).isEmpty();
        assertThat(goldens.find(KEY)).isEmpty();

        Files.delete(keep(KEY, "single").state("cp"));
        assertThat(goldens.find(KEY)).isEmpty();

        Files.delete(keep(KEY, "single").manifest());
        assertThat(goldens.find(KEY)).isEmpty();
    }

    @Test
    void whatWasAlteredIsToldWithTheFile() throws IOException {
        Snapshot golden = keep(KEY, "single");
        assertThat(goldens.damages()).isEmpty();

        Files.writeString(golden.memory("cp"), "MEMORY");

        assertThat(goldens.damages()).containsExactly("lab single: " + golden.memory("cp"));
    }

    @Test
    void whatIsKeptTakesThePlaceOfWhatWasBroken() throws IOException {
        Files.delete(keep(KEY, "single").manifest());

        keep(KEY, "single");

        assertThat(goldens.find(KEY)).isPresent();
    }

    @Test
    void whatAKilledUpBeganIsNone() throws IOException {
        Snapshot begun = goldens.begin(KEY);
        Files.writeString(begun.memory("cp"), "memory");
        manifest("single", Manifest.sizes(begun), Map.of()).write(begun);

        assertThat(goldens.all()).isEmpty();
        assertThat(goldens.begin(KEY).folder()).as("begun anew").isEmptyDirectory();
    }

    @Test
    void oneThatDoesNotComeToLifeIsTriedOnceMore() throws IOException {
        keep(KEY, "single");

        assertThat(goldens.isWorthAnotherTry(KEY)).isTrue();
        assertThat(goldens.find(KEY)).isPresent();
        goldens.use(KEY);
        assertThat(goldens.isWorthAnotherTry(KEY)).as("it lived in between").isTrue();
        assertThat(goldens.isWorthAnotherTry(KEY)).isFalse();
        assertThat(goldens.find(KEY)).isEmpty();
        assertThat(folder.resolve("golden")).doesNotExist();
    }

    @Test
    void thoseThatWereUsedTheLongestAgoGoFirst() throws IOException {
        for (String lab : List.of("a", "b", "c")) {
            keep(lab, lab);
        }
        age("a", 1);
        age("b", 3);
        age("c", 2);

        assertThat(goldens.collect(new Bytes(2 * SIZE), true))
                .extracting(Goldens.Saved::lab)
                .containsExactly("b");
        assertThat(goldens.all()).hasSize(3);
        goldens.collect(new Bytes(2 * SIZE), false);
        assertThat(goldens.all()).extracting(Goldens.Saved::lab).containsExactly("a", "c");
    }

    @Test
    void oneThatIsLargerThanAllMayBeTakesNoOtherWithIt() throws IOException {
        keep("small", "small");
        age("small", 1);
        Snapshot begun = goldens.begin("huge");
        Manifest.ofWhole(keep("other", "other")).orElseThrow();
        age("other", 2);
        new Manifest(
                        "huge",
                        "2026-11-26T12:00:00Z",
                        Manifest.bootOfThisMachine(),
                        Map.of(),
                        List.of(),
                        1,
                        Goldens.LIMIT.value() + 1,
                        Map.of(),
                        Map.of(),
                        Map.of())
                .write(begun);

        assertThatThrownBy(() -> goldens.keep(begun, "huge")).hasMessageContaining("it takes more than");

        assertThat(goldens.all()).extracting(Goldens.Saved::lab).containsExactly("small", "other");
    }

    private void age(String key, int hours) throws IOException {
        Files.setLastModifiedTime(
                new Snapshot(folder.resolve("golden").resolve(key)).manifest(),
                FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    @Test
    void oneIsRemoved() throws IOException {
        keep(KEY, "single");

        keep("another", "other");
        assertThat(goldens.of("other")).extracting(Goldens.Saved::key).containsExactly("another");

        goldens.remove(KEY);

        assertThat(goldens.all()).extracting(Goldens.Saved::lab).containsExactly("other");
    }

    private Snapshot keep(String key, String lab) throws IOException {
        Snapshot begun = goldens.begin(key);
        Files.writeString(begun.memory("cp"), "memory");
        Files.writeString(begun.state("cp"), "state");
        manifest(lab, Manifest.sizes(begun), Manifest.sums(begun)).write(begun);
        goldens.keep(begun, key);
        return new Snapshot(folder.resolve("golden").resolve(key));
    }

    private static Manifest manifest(String lab, Map<String, Long> sizes, Map<String, Long> sums) throws IOException {
        return new Manifest(
                lab,
                "2026-11-26T12:00:00Z",
                Manifest.bootOfThisMachine(),
                Map.of(),
                List.of(),
                121_000,
                SIZE,
                Map.of(),
                sizes,
                sums);
    }
}
