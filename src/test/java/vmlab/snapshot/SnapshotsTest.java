package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;

/** The snapshots that users name. */
class SnapshotsTest {

    @TempDir
    private Path home;

    private Snapshots snapshots() {
        return new Snapshots(LabFolder.of(home, "demo"));
    }

    private void take(String name) throws IOException {
        Snapshot begun = snapshots().begin(name);
        write(begun);
        snapshots().keep(begun, name);
    }

    private static void write(Snapshot begun) throws IOException {
        Files.writeString(begun.memory("cp"), "memory");
        new Manifest(
                        "demo",
                        "2026-11-26T12:00:00Z",
                        Manifest.bootOfThisMachine(),
                        Map.of("cp", "made"),
                        List.of(),
                        0,
                        7,
                        Map.of(),
                        Manifest.sizes(begun),
                        Map.of())
                .write(begun);
    }

    @Test
    void aPathIsNoSnapshotsName() throws IOException {
        take("before");
        for (String name : List.of("../snapshots/before", "./before", "", "before/")) {
            assertThatThrownBy(() -> snapshots().remove(name)).hasMessageContaining("has no snapshot");
            assertThatThrownBy(() -> snapshots().get(name)).hasMessageContaining("has no snapshot");
        }
        assertThat(snapshots().all()).hasSize(1);
    }

    @Test
    void theyAreListedByNameAndRemoved() throws IOException {
        take("later");
        take("before");

        assertThat(snapshots().all()).extracting(Snapshots.Saved::name).containsExactly("before", "later");
        assertThat(snapshots().all().getFirst().nodes()).containsExactly("cp");
        snapshots().remove("later");
        assertThat(snapshots().all()).extracting(Snapshots.Saved::name).containsExactly("before");
    }

    @Test
    void aNameIsTakenOnceAndIsOne() throws IOException {
        take("before");

        assertThatThrownBy(() -> snapshots().begin("before")).hasMessageContaining("has a snapshot before already");
        for (String none : List.of("", "..", "a/b", "Before")) {
            assertThatThrownBy(() -> snapshots().begin(none)).hasMessageContaining("is no name for a snapshot");
        }
    }

    @Test
    void goldenIsTheLabAsItBecameReadyAndNoneOfItsSnapshots() throws IOException {
        assertThatThrownBy(() -> snapshots().get("golden")).hasMessageContaining("has no golden lab");
        Goldens goldens = new Goldens(home);
        Snapshot begun = goldens.begin("key");
        write(begun);
        goldens.keep(begun, "key");

        assertThat(snapshots().get("golden").snapshot().folder())
                .isEqualTo(home.resolve("golden").resolve("key"));
        assertThatThrownBy(() -> snapshots().begin("golden")).hasMessageContaining("can be called golden");
        assertThatThrownBy(() -> snapshots().remove("golden")).hasMessageContaining("has no snapshot");
    }

    @Test
    void theOneThatALabIsOnItsWayBackToStays() throws IOException {
        take("before");
        Files.writeString(LabFolder.of(home, "demo").restoring(), "before");

        assertThatThrownBy(() -> snapshots().remove("before")).hasMessageContaining("can't be removed now");

        assertThat(snapshots().all()).hasSize(1);
    }

    @Test
    void oneThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        take("before");

        assertThatThrownBy(() -> snapshots().get("after")).hasMessageContaining("it has before");
        assertThatThrownBy(() -> snapshots().remove("../..")).hasMessageContaining("has no snapshot");
    }
}
