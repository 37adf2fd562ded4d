package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import vmlab.machine.Machine;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.OnTestDriver;
import vmlab.spec.BootMode;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Network;
import vmlab.spec.Node;
import vmlab.spec.Provision;
import vmlab.spec.Role;

/** What this machine cannot carry is refused before anything is created. On libvirt's built-in test driver. */
class CheckHostTest extends OnTestDriver {

    private Checked check(Cluster cluster) throws InterruptedException {
        return new CheckHost(site(), false).run(cluster, new Run(event -> {}));
    }

    /** What {@code lab plan} begins with. */
    private void preview(Cluster cluster) throws InterruptedException {
        new CheckLab(home, site().uri(), false, false)
                .of(cluster, site().everything(cluster.name()), new Run(event -> {}));
    }

    @Test
    void aPlanSaysThatNothingLeadsOutOfTheEmbeddedHost() throws Exception {
        Files.createDirectories(home.resolve("host"));
        Files.writeString(home.resolve("host/way-out"), "1");
        CheckLab check = new CheckLab(home, Identity.EMBEDDED, true, false);
        ThrowingCallable plan = () -> check.of(small(), Inventory.EMPTY, new Run(event -> {}));

        assertThatCode(plan).as("pasta still starts").doesNotThrowAnyException();
        Files.writeString(home.resolve("host/way-out.why"), "offline: no route");
        assertThatCode(plan).as("nothing of lab's").doesNotThrowAnyException();
        Files.writeString(home.resolve("host/way-out.why"), "missing: pasta is not installed");
        assertThatThrownBy(plan).isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                .contains("passt"));
    }

    private static Cluster small(Optional<Cidr> cidr, Bytes memory, Bytes disk) {
        Cluster base = Clusters.ofNodes("demo", 1);
        Node node = new Node(
                "cp",
                Role.SINGLE,
                1,
                memory,
                disk,
                BootMode.PXE,
                base.nodes().getFirst().labels(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        return Clusters.booting(
                Clusters.withNodes(base, List.of(node)), base.image(), new Network(cidr, Network.Mode.NAT, false));
    }

    private static Cluster small() {
        return small(Optional.empty(), Bytes.mib(64), Bytes.mib(64));
    }

    private void refused(Cluster cluster, LabFailure.Kind kind, String what) {
        for (ThrowingCallable command : List.<ThrowingCallable>of(() -> check(cluster), () -> preview(cluster))) {
            assertThatThrownBy(command).isInstanceOfSatisfying(LabFailure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure.what() + failure.why()).contains(what);
                assertThat(failure.next()).isNotBlank();
            });
        }
        assertThat(hypervisor.inventory().isEmpty()).isTrue();
    }

    @Test
    void filesOfTheUsersInTheFoldersPlaceAreNoLabs() throws IOException {
        LabFolder folder = LabFolder.of(home, "demo");
        Files.createDirectories(folder.path());
        Files.writeString(folder.spec(), "name: demo");

        refused(small(), LabFailure.Kind.INPUT, "does not say that it is a lab's");

        assertThat(folder.spec()).exists();
    }

    @Test
    void aNetworkThatIsFreeIsChosen() throws InterruptedException {
        Checked checked = check(small());

        assertThat(Machine.networks()).noneMatch(checked.plan().network().cidr()::overlaps);
    }

    @Test
    void aNetworkInUseOnThisHostIsRefused() {
        List<Cidr> taken = Machine.networks();
        org.junit.jupiter.api.Assumptions.assumeFalse(taken.isEmpty(), "this machine has no network");

        refused(
                small(Optional.of(taken.getFirst()), Bytes.mib(64), Bytes.mib(64)),
                LabFailure.Kind.INPUT,
                "in use on this host");
    }

    @Test
    void aLabThatIsHalfwayBackToASnapshotIsNotSwitchedOn() throws IOException {
        Files.writeString(begun("demo").restoring(), "before");

        assertThatThrownBy(() -> check(small()))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.next())
                        .contains("lab snapshot restore demo before"));
    }

    @Test
    void aLabThatIsCalledLikeAForkIsRefused() throws IOException {
        Files.createDirectories(LabFolder.forkHome(home, "demo"));

        refused(small(), LabFailure.Kind.INPUT, "there is a fork demo");
    }

    @Test
    void moreMemoryThanTheMachineHasIsRefused() {
        refused(small(Optional.empty(), new Bytes(1L << 50), Bytes.mib(64)), LabFailure.Kind.MACHINE, "memory");
    }

    @Test
    void aRepositoryWithoutItsScriptIsRefused() {
        Cluster base = small();
        Cluster provisioned = new Cluster(
                base.name(),
                base.image(),
                base.accel(),
                base.rootfs(),
                base.disks(),
                base.golden(),
                base.storage(),
                base.network(),
                base.networks(),
                base.ports(),
                base.k0sConfig(),
                base.nodes(),
                Optional.of(new Provision(
                        home.toString(),
                        "HEAD",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Provision.DEFAULT_TIMEOUT)),
                base.podImages(),
                base.tests(),
                base.timeouts(),
                base.engine(),
                base.file());

        refused(provisioned, LabFailure.Kind.INPUT, "there is no run.sh to run");
    }

    @Test
    void moreDiskThanTheMachineHasIsRefused() {
        refused(small(Optional.empty(), Bytes.mib(64), new Bytes(1L << 60)), LabFailure.Kind.MACHINE, "disk");
    }

    @Test
    void aLabThatIsUpKeepsItsNetwork() throws InterruptedException {
        Plan plan = Plan.of(small(), Cidr.parse("10.77.9.0/24"));
        libvirt.createNetwork(
                plan, new Mark("demo", "id", "/home", "", plan.network().hash(), "1"));

        begun("demo");

        assertThat(check(small()).plan().network().cidr()).isEqualTo(Cidr.parse("10.77.9.0/24"));
    }
}
