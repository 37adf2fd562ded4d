package vmlab.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vmlab.gc.Leftover.Kind;
import vmlab.image.BootImage;
import vmlab.plan.LabFolder;
import vmlab.run.LockFile;
import vmlab.run.Run;

/** What crashed runs left in the home and in the cache goes, once it is old, and nothing else. On libvirt's built-in test driver. */
class GcFilesTest extends GcOnTestDriver {

    @Test
    void evidenceAndReportsGoWhenTheyAreOld() throws Exception {
        Path evidence = LabFolder.of(home, "failed").evidence();
        Path log = old(written(evidence.resolve("cp.serial.log")));
        Path fresh = written(LabFolder.of(home, "today").evidence().resolve("cp.serial.log"));
        Path report = old(written(home.resolve("reports/failed/1.jsonl")));
        Path ofALab = old(written(home.resolve("reports/kept/1.jsonl")));
        up(home, "kept");
        for (Path folder : List.of(evidence, evidence.getParent(), report.getParent(), ofALab.getParent())) {
            old(folder);
        }

        Collected first = gc(false, false);
        assertThat(whats(first, Kind.EVIDENCE))
                .containsExactly(log.getParent().getParent().toString());
        assertThat(whats(first, Kind.REPORT)).containsExactly(report.getParent().toString());
        assertThat(fresh).exists();
        assertThat(ofALab).exists();
    }

    @Test
    void whatIsLeftOfSnapshotsAndForksGoes() throws Exception {
        LabFolder demo = up(home, "demo");
        Path golden = written(home.resolve("golden/abc.part/cp.memory.img")).getParent();
        Path snapshot =
                written(demo.snapshots().resolve("before.part/cp.memory.img")).getParent();
        Path fork = Files.createDirectories(home.resolve("forks/demo-1/locks")).getParent();
        Path alive = Files.createDirectories(home.resolve("forks/demo-2/labs/demo-2"));
        for (Path folder : List.of(golden, snapshot, fork, alive.getParent().getParent())) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path each : tree.toList()) {
                    old(each);
                }
            }
        }

        assertThat(gc(false, false).leftovers())
                .extracting(Leftover::what)
                .contains(golden.toString(), snapshot.toString(), fork.toString());

        assertThat(golden).doesNotExist();
        assertThat(snapshot).doesNotExist();
        assertThat(fork).doesNotExist();
        assertThat(alive).exists();
    }

    @Test
    void locksOfTheKilledAndFilesThatWereCutOffGo() throws Exception {
        Path stale = written(home.resolve("locks/killed"));
        Path part = old(written(up(home, "kept").path().resolve(".lab.json.1.part")));
        Path now = written(LabFolder.of(home, "kept").path().resolve(".page.2.part"));
        Path bundle = written(temporary.resolve("lab-bundle123/index.txt"));
        Path others = old(written(temporary.resolve("lab-notes.txt")));
        Path users = old(written(temporary.resolve("lab-bundle1.tar.zst")));
        old(bundle);
        old(bundle.getParent());

        try (LockFile held = LockFile.tryTake(home.resolve("locks/busy"), "").orElseThrow()) {
            Collected dry = gc(true, false);
            assertThat(whats(dry, Kind.LOCK)).containsExactly(stale.toString());
            assertThat(whats(dry, Kind.TEMPORARY))
                    .containsExactly(part.toString(), bundle.getParent().toString());
            assertThat(stale).exists();
            assertThat(part).exists();

            gc(false, false);
            assertThat(LockFile.isHeld(home.resolve("locks/busy"))).isTrue();
        }
        assertThat(stale).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(bundle.getParent()).doesNotExist();
        assertThat(now).exists();
        assertThat(others).exists();
        assertThat(users).exists();
    }

    @Test
    void theCacheKeepsNothingOfBuildsThatWereKilled() throws Exception {
        BootImage image = world.resolve();
        world.images(false).claim(image, Files.createDirectories(home.resolve("labs/uses")), new Run(event -> {}));
        written(home.resolve("labs/uses/evidence/x.log"));
        Path images = cache.resolve("cache/images");
        Path killed = images.resolve("ab".repeat(32) + ".building");
        Path running = images.resolve("cd".repeat(32) + ".building");
        written(killed.resolve("root.squashfs"));
        written(running.resolve("root.squashfs"));
        written(images.resolve("ab".repeat(32) + ".lock"));
        Path users = Files.writeString(images.resolve("ef".repeat(32) + ".users"), "/gone\n");
        Path part = old(written(cache.resolve("cache/k0s/v1/k0s.part")));
        Path imported = Files.createDirectories(images.resolve("import-123"));
        old(imported);

        try (LockFile build =
                LockFile.tryTake(images.resolve("cd".repeat(32) + ".lock"), "").orElseThrow()) {
            Collected collected = gc(false, false);
            assertThat(collected.spared()).isEmpty();
            assertThat(whats(collected, Kind.TEMPORARY))
                    .containsExactlyInAnyOrder(
                            killed.toString(), users.toString(), imported.toString(), part.toString());
        }
        assertThat(killed).doesNotExist();
        assertThat(images.resolve("ab".repeat(32) + ".lock")).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(running.resolve("root.squashfs")).exists();
        assertThat(image.squashfs()).exists();
    }

    @Test
    void whatAKilledBuildWasPackingGoesAtOnceAndWhatARunningOnePacksStays() throws Exception {
        Path kept = cache.resolve("cache/kept");
        Path root = written(kept.resolve("root-1234abcd-00.tar.zst"));
        Path killed = written(kept.resolve("root-1234abcd-01.tar.zst.new.Ab3xYz"));
        Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minusSeconds(60)));
        Path lock = cache.resolve("cache/images").resolve("cd".repeat(32) + ".lock");
        Path packed;
        try (LockFile build = LockFile.tryTake(lock, "").orElseThrow()) {
            packed = written(kept.resolve("root-1234abcd-02.tar.zst.new.q_9XyZ"));

            assertThat(whats(gc(true, false), Kind.TEMPORARY)).containsExactly(killed.toString());
            gc(false, false);
            assertThat(killed).doesNotExist();
            assertThat(packed).exists();
        }
        assertThat(whats(gc(false, false), Kind.TEMPORARY))
                .as("that build was killed, too")
                .containsExactly(packed.toString());
        assertThat(packed).doesNotExist();
        assertThat(root).exists();
    }

    @Test
    void anImageThatNoLabUsesGoesWhenThereIsANewerOne() throws Exception {
        BootImage first = world.resolve();
        Files.writeString(world.path("overlay/etc/motd"), "second");
        BootImage second = world.resolve();

        assertThat(whats(gc(true, false), Kind.IMAGE))
                .containsExactly(first.folder().toString());
        gc(false, false);

        assertThat(first.folder()).doesNotExist();
        assertThat(second.squashfs()).exists();
    }
}
