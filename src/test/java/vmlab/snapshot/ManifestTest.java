package vmlab.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what was written is there still, also after this machine lost its power. */
class ManifestTest {

    @TempDir
    private Path folder;

    private Snapshot snapshot = new Snapshot(Path.of("/"));

    @BeforeEach
    void aSnapshotOfTheBootBefore() throws IOException {
        snapshot = new Snapshot(folder);
        Files.writeString(snapshot.memory("cp"), "memory");
        Files.createLink(snapshot.state("cp"), snapshot.memory("cp"));
        Files.createDirectory(snapshot.files());
        Files.writeString(snapshot.files().resolve("cp.state.img.1"), "disk");
        new Manifest(
                        "demo",
                        "2026-11-26T12:00:00Z",
                        "another-boot",
                        Map.of(),
                        List.of(),
                        0,
                        7,
                        Map.of(),
                        Manifest.sizes(snapshot),
                        Manifest.sums(snapshot))
                .write(snapshot);
    }

    private Manifest manifest() {
        return Manifest.ofWhole(snapshot).orElseThrow();
    }

    @Test
    void itIsReadOnceInEachBoot() throws IOException {
        assertThat(manifest().sums()).containsOnlyKeys("cp.memory.img", "cp.state");
        assertThat(manifest().isTrue(snapshot)).isTrue();
        assertThat(manifest().boot()).isEqualTo(Manifest.bootOfThisMachine());

        Files.writeString(snapshot.memory("cp"), "MEMORY");
        assertThat(manifest().isTrue(snapshot)).as("known in this boot").isTrue();
    }

    @Test
    void whatAPowerCutTookIsSeen() throws IOException {
        Files.writeString(snapshot.memory("cp"), "mem\0\0\0");

        assertThat(manifest().isTrue(snapshot)).isFalse();
        assertThat(manifest().damages(snapshot)).containsExactly("cp.memory.img", "cp.state");
    }
}
