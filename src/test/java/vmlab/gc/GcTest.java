package vmlab.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.engine.MachineRequest;
import vmlab.gc.Leftover.Kind;
import vmlab.image.BootImage;
import vmlab.image.World;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.plan.Made;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LockFile;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** What crashed runs left goes, and nothing else. On libvirt's built-in test driver. */
class GcTest extends OnTestDriver {

    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(30)));

    @TempDir
    private Path otherHome;

    @TempDir
    private Path temporary;

    @TempDir
    private Path cache;

    private World world;
    private int labs;

    @BeforeEach
    void noImages() throws IOException {
        world = new World(cache);
    }

    /** A lab that is up: a network, a machine, and a folder with a disk. */
    private LabFolder up(Path in, String lab) throws IOException {
        Site site = new Site(hypervisor, in, true);
        Plan plan = Plan.of(Clusters.ofNodes(lab, 1), Cidr.parse("10.77." + ++labs + ".0/24"));
        NodePlan node = plan.nodes().getFirst();
        libvirt.createNetwork(plan, site.mark(lab, "", "abc"));
        hypervisor
                .machines()
                .define(new MachineRequest(
                        plan,
                        node,
                        site.mark(lab, "n0", ""),
                        Made.of(node, "abc", ""),
                        site.folder(lab),
                        Accelerator.PRETENDED,
                        new MachineRequest.Boot(in, in, "", Optional.empty())));
        hypervisor.machines().start(node.domain());
        Files.writeString(site.folder(lab).stateDisk("n0"), "data");
        return site.folder(lab);
    }

    private void loseMachines(String lab) {
        var found = hypervisor.inventory().of(lab);
        found.domains().forEach(domain -> hypervisor.machines().remove(domain.name()));
        found.networks().forEach(network -> hypervisor.networks().remove(network.name()));
    }

    private Collected gc(boolean dryRun, boolean force) throws InterruptedException {
        return gc(Optional.of(site()), dryRun, force);
    }

    private Collected gc(Optional<Site> site, boolean dryRun, boolean force) throws InterruptedException {
        return new Gc(home, temporary, Identity.EMBEDDED, site, world.images(false))
                .run(dryRun, force, Duration.ofDays(14), 1, new Run(event -> {}));
    }

    private static List<String> whats(Collected collected, Kind kind) {
        return collected.leftovers().stream()
                .filter(leftover -> leftover.kind() == kind)
                .map(Leftover::what)
                .toList();
    }

    private static Path written(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    private static Path old(Path path) throws IOException {
        return Files.setLastModifiedTime(path, LONG_AGO);
    }

    @Test
    void machinesWhoseFolderIsGoneGoAndThoseOfOthersStay() throws Exception {
        FolderTree.delete(up(home, "lost").path());
        LabFolder kept = up(home, "kept");
        up(home, "stopped");
        hypervisor.machines().cutPower("lab-stopped.n0");
        FolderTree.delete(up(otherHome, "theirs").path());
        Plan older = Plan.of(Clusters.ofNodes("older", 1), Cidr.parse("10.77.99.0/24"));
        libvirt.createNetwork(older);
        hypervisor.machines().define(TestDriver.machine(older, older.nodes().getFirst()));

        assertThat(whats(gc(true, false), Kind.MACHINES)).containsExactly("lab-lost.n0, lab-lost");
        assertThat(hypervisor.machines().isRunning("lab-lost.n0")).isTrue();

        Collected collected = gc(false, false);

        assertThat(collected.leftovers()).extracting(Leftover::state).containsExactly(Leftover.State.REMOVED);
        assertThat(collected.spared()).isEmpty();
        assertThat(hypervisor.inventory().labs()).containsExactly("kept", "older", "stopped", "theirs");
        assertThat(hypervisor.inventory().domains())
                .filteredOn(DomainFound::running)
                .extracting(DomainFound::name)
                .containsExactlyInAnyOrder("lab-kept.n0", "lab-theirs.n0");
        assertThat(kept.stateDisk("n0")).hasContent("data");
        assertThat(gc(false, true).leftovers()).isEmpty();
    }

    @Test
    void aFolderWhoseMachinesAreGoneGoesByForceWhereADiskHoldsData() throws Exception {
        LabFolder folder = up(home, "lost");
        loseMachines("lost");

        Collected spared = gc(false, false);

        assertThat(spared.leftovers()).isEmpty();
        assertThat(spared.spared()).singleElement().satisfies(lab -> {
            assertThat(lab.why()).contains("state disks", folder.path().toString());
            assertThat(lab.next()).contains("lab gc --force");
            assertThat(lab.failed()).isFalse();
        });
        assertThat(folder.stateDisk("n0")).exists();

        assertThat(gc(true, true).leftovers()).singleElement().satisfies(leftover -> assertThat(leftover.bytes())
                .isPositive());
        assertThat(whats(gc(false, true), Kind.FOLDER))
                .containsExactly(folder.path().toString());
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void aNetworkThatAKilledUpMadeGoesWithItsFolder() throws Exception {
        LabFolder folder = up(home, "begun");
        hypervisor.machines().remove("lab-begun.n0");
        Files.delete(folder.stateDisk("n0"));

        assertThat(whats(gc(false, false), Kind.FOLDER))
                .containsExactly(folder.path().toString());

        assertThat(hypervisor.inventory().isEmpty()).isTrue();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void aLabWhoseLockAnotherCommandHoldsIsLeftAloneAndNamed() throws Exception {
        LabFolder folder = up(home, "busy");
        loseMachines("busy");
        try (LabLock other = LabLock.take(home, "busy")) {
            assertThat(gc(true, false).spared())
                    .as("not: its machines are gone")
                    .hasSize(1);
            assertThat(gc(false, true).spared()).singleElement().satisfies(lab -> {
                assertThat(lab.what()).isEqualTo("lab busy");
                assertThat(lab.why()).contains("is being changed by another command");
            });
        }
        assertThat(folder.path()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "", ".", "/tmp/x", "Not a lab", "single\nanother", "a-"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatNamesALabThatCanBeNoneIsNobodysOfOurs(String name) throws Exception {
        Plan plan = Plan.of(Clusters.ofNodes("crafted", 1), Cidr.parse("10.77.99.0/24"));
        NodePlan node = plan.nodes().getFirst();
        libvirt.createNetwork(plan, new Mark(name, TestDriver.ID, home.toString(), "", "abc", "1"));
        for (Mark mark : List.of(
                new Mark(name, TestDriver.ID, home.toString(), "n0", "", "1"),
                new Mark("single", TestDriver.ID, home.toString(), name, "", "1"))) {
            MachineRequest made = TestDriver.machine(plan, node);
            hypervisor
                    .machines()
                    .define(new MachineRequest(
                            plan, node, mark, made.made(), made.folder(), made.accelerator(), made.boot()));
            Collected collected = gc(false, true);

            assertThat(collected.leftovers()).isEmpty();
            assertThat(collected.spared()).isEmpty();
            assertThat(hypervisor.inventory().isEmpty()).isTrue();
            assertThat(hypervisor.machines().describe(node.domain())).contains("lab-crafted");
            hypervisor.machines().remove(node.domain());
        }
        assertThat(hypervisor.networks().describe(plan.network().name())).contains("lab-crafted");
        hypervisor.networks().remove(plan.network().name());
    }

    @Test
    void whereNoHostRunsOnlyFilesAreLooked() throws Exception {
        LabFolder folder = up(home, "lost");
        Identity there = Identity.read(folder).orElseThrow();
        LabFolder outside = LabFolder.of(home, "outside");
        new Identity("outside", there.id(), there.home(), "qemu:///system", "").write(outside);

        Collected collected = gc(Optional.empty(), false, true);

        assertThat(whats(collected, Kind.FOLDER)).containsExactly(folder.path().toString());
        assertThat(collected.spared()).singleElement().satisfies(labs -> {
            assertThat(labs.what()).isEqualTo("labs at qemu:///system");
            assertThat(labs.next()).contains("lab gc --connect qemu:///system");
        });
        assertThat(folder.path()).doesNotExist();
        assertThat(outside.identity()).exists();
    }

    @Test
    void aFolderThatDoesNotSayWhoseItIsIsNotTouched() throws Exception {
        Path key = written(LabFolder.of(home, "older").sshKey());

        assertThat(gc(false, true).spared()).singleElement().satisfies(lab -> assertThat(lab.why())
                .contains("an older version of lab made it"));

        assertThat(key).exists();
    }

    @Test
    void aFolderInALocksPlaceIsToldAndHindersNothing() throws Exception {
        Files.createDirectories(home.resolve("networks.lock"));
        Path lock = Files.createDirectories(cache.resolve("cache/images/" + "ab".repeat(32) + ".lock"));
        Path part = old(written(cache.resolve("cache/kept/.root.names.1.part")));

        Collected collected = gc(false, false);

        assertThat(collected.spared())
                .filteredOn(Spared::failed)
                .extracting(Spared::what)
                .containsExactly(home.resolve("networks.lock").toString(), lock.toString());
        assertThat(part).doesNotExist();
        Files.delete(lock);
    }

    @Test
    void logsThatALinkLeadsToAreNoEvidenceOfOurs() throws Exception {
        Path log = old(written(otherHome.resolve("log/daemon.log")));
        old(log.getParent());
        Files.createDirectories(home.resolve("labs"));
        Files.createSymbolicLink(home.resolve("labs/linked"), log.getParent());

        assertThat(gc(false, true).leftovers()).isEmpty();

        assertThat(log).exists();
    }

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
