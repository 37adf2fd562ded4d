package vmlab.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.engine.MachineRequest;
import vmlab.gc.Leftover.Kind;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.site.FolderTree;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.spec.Cidr;

/** What crashed runs left of labs goes, and nothing else. On libvirt's built-in test driver. */
class GcTest extends GcOnTestDriver {

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
                .contains("does not say whose it is"));

        assertThat(key).exists();
    }

    @Test
    void aLabThatRunsIsLeftAloneWhereItsFolderSaysNoMoreOrAnotherWhoItIs() throws Exception {
        LabFolder folder = up(home, "single");
        Identity identity = Identity.read(folder).orElseThrow();
        Files.delete(folder.identity());
        for (int i = 0; i < 2; i++) {
            Collected collected = gc(false, true);

            assertThat(collected.leftovers()).isEmpty();
            assertThat(collected.spared()).singleElement().satisfies(lab -> assertThat(lab.why())
                    .contains(folder.path() + " does not say whose it is"));
            assertThat(hypervisor.machines().isRunning("lab-single.n0")).isTrue();
            assertThat(folder.stateDisk("n0")).exists();
            new Identity("single", "another", identity.home(), identity.uri(), identity.created()).write(folder);
        }
    }

    @Test
    void whatUsersKeepWhereLabsHaveTheirFoldersStays() throws Exception {
        Path file = old(written(home.resolve("labs/demo/cluster.yaml")));
        old(file.getParent());

        assertThat(gc(false, true).leftovers()).isEmpty();

        assertThat(file).exists();
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
}
