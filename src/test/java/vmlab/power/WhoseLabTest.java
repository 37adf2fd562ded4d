package vmlab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.engine.MachineRequest;
import vmlab.image.Images;
import vmlab.libvirt.TestDriver;
import vmlab.make.CheckHost;
import vmlab.make.FetchImages;
import vmlab.observe.ListedLab;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Clusters;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.up.Up;

/** A lab is not its name alone: what another has under that name is never touched. On libvirt's built-in test driver. */
class WhoseLabTest extends OnTestDriver {

    private static final Plan PLAN = Plan.of(Clusters.ofNodes("single", 1), Cidr.parse("10.77.9.0/24"));
    private static final NodePlan NODE = PLAN.nodes().getFirst();

    @TempDir
    private Path otherHome;

    /** The libvirt of this test as a machine's own; {@link #site} takes it for the embedded host's. */
    private Site outside(Path home) {
        return new Site(hypervisor, home, false);
    }

    private static LabFolder withFiles(Site site) throws IOException {
        LabFolder folder = site.folder("single");
        Files.createDirectories(folder.path());
        Files.writeString(folder.stateDisk("n0"), "what the node was told is on disk");
        Files.writeString(folder.sshKey(), "a key");
        return folder;
    }

    /** Network and machine with a real mark, and the folder with a disk. */
    private LabFolder up(Site site) throws IOException {
        libvirt.createNetwork(PLAN, site.mark("single", "", "abc"));
        hypervisor
                .machines()
                .define(new MachineRequest(
                        PLAN,
                        NODE,
                        site.mark("single", "n0", ""),
                        AppliedSpec.of(NODE, "abc", ""),
                        site.folder("single"),
                        Accelerator.PRETENDED,
                        new MachineRequest.Boot(home, home, "", Optional.empty())));
        hypervisor.machines().start(NODE.domain());
        return withFiles(site);
    }

    private static int down(Site site) throws InterruptedException {
        return new Down(site).run("single", new Run(event -> {}));
    }

    private void up(Path from) throws InterruptedException {
        new Up(
                        outside(from),
                        new Images(from.resolve("cache"), false),
                        new FetchImages(new WantedImages(new ContainerStore(from), Map.of()), false),
                        false,
                        false,
                        true)
                .run(Clusters.ofNodes("single", 1), new Run(event -> {}));
    }

    private static void refuses(Attempt attempt, String... words) {
        assertThatThrownBy(attempt::run).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(LabFailure.Kind.INPUT);
            assertThat(failure.what() + " " + failure.why() + " " + failure.next())
                    .contains(words);
        });
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private List<ListedLab> list(Site site) {
        return ListedLab.all(hypervisor.inventory(), site.home(), site.uri());
    }

    @Test
    void downAtAnotherHypervisorThanTheFolderNamesDeletesNothing() throws IOException {
        begun("single");
        LabFolder folder = withFiles(site());

        refuses(() -> down(outside(home)), "test:///default", "embedded");

        assertThat(folder.stateDisk("n0")).exists();
        assertThat(folder.sshKey()).exists();
        assertThat(folder.identity()).exists();
        assertThat(list(outside(home))).singleElement().satisfies(lab -> assertThat(lab.state())
                .isEqualTo("at embedded"));
    }

    @Test
    void aLabOfThatNameFromAnotherHomeIsRefusedWithWhoseItIs() throws IOException {
        LabFolder theirs = up(outside(otherHome));
        String id = Identity.read(theirs).orElseThrow().id();

        refuses(() -> down(outside(home)), id, otherHome.toString());
        refuses(() -> up(home), id, otherHome.toString());
        refuses(
                () -> new Run(event -> {}).perform(new Stop(outside(home), Duration.ofSeconds(1), true), "single"),
                id,
                otherHome.toString());

        assertThat(hypervisor.machines().isRunning(NODE.domain())).isTrue();
        assertThat(hypervisor.inventory().of("single").network()).isPresent();
        assertThat(theirs.stateDisk("n0")).exists();
        assertThat(outside(home).folder("single").path()).doesNotExist();
        assertThat(list(outside(home))).singleElement().satisfies(lab -> assertThat(lab.state())
                .isEqualTo("another's, of " + otherHome));
    }

    @Test
    void aLabThatBeganAnewUnderTheSameNameIsAnotherOne() throws IOException {
        LabFolder folder = up(outside(home));
        Identity.begin("single", home, TestDriver.URI, Clock.systemUTC()).write(folder);

        refuses(() -> down(outside(home)), "another's");

        assertThat(hypervisor.machines().isRunning(NODE.domain())).isTrue();
        assertThat(folder.stateDisk("n0")).exists();
    }

    @Test
    void whatCarriesNoIdIsAnothers() throws IOException {
        libvirt.createNetwork(PLAN, new Mark("single", "", "", "", "abc", "0.1.0"));

        withFiles(outside(home));

        refuses(
                () -> down(outside(home)),
                "neither its id nor its home",
                "virsh -c test:///default net-destroy lab-single; virsh -c test:///default net-undefine lab-single",
                "rm -r " + outside(home).folder("single").path());

        assertThat(hypervisor.inventory().of("single").network()).isPresent();
    }

    @Test
    void machinesWhoseFolderIsGoneAreShownRefusedToUpAndTakenByDown() throws IOException, InterruptedException {
        LabFolder folder = up(outside(home));
        for (Path file : List.of(folder.identity(), folder.stateDisk("n0"), folder.sshKey(), folder.path())) {
            Files.delete(file);
        }

        assertThat(list(outside(home))).singleElement().satisfies(lab -> assertThat(lab.state())
                .isEqualTo("folder gone"));
        refuses(() -> up(home), "lab down single");
        assertThat(hypervisor.machines().isRunning(NODE.domain())).isTrue();

        assertThat(down(outside(home))).isEqualTo(2);
        assertThat(hypervisor.inventory().isEmpty()).isTrue();
    }

    @Test
    void aFolderWhoseMachinesAreGoneIsShownRefusedToUpAndTakenByDown() throws IOException, InterruptedException {
        LabFolder folder = up(outside(home));
        hypervisor.machines().remove(NODE.domain());
        hypervisor.networks().remove(PLAN.network().name());

        assertThat(list(outside(home))).singleElement().satisfies(lab -> assertThat(lab.state())
                .isEqualTo("machines gone"));
        refuses(() -> up(home), "has disks and no machines", "lab down single");
        assertThat(folder.stateDisk("n0")).hasContent("what the node was told is on disk");
        assertThat(new CheckHost(outside(home), true)
                        .run(Clusters.ofNodes("single", 1), new Run(event -> {}))
                        .found()
                        .isEmpty())
                .as("--fresh-disks")
                .isTrue();

        assertThat(down(outside(home))).isZero();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void aLabWhoseMachinesAreThereGetsNoFreshDisks() throws IOException {
        LabFolder folder = up(outside(home));

        refuses(
                () -> new CheckHost(outside(home), true).run(Clusters.ofNodes("single", 1), new Run(event -> {})),
                "its machines are there");

        assertThat(folder.stateDisk("n0")).exists();
    }

    @Test
    void aFolderWithDisksThatSaysNoHypervisorIsNotRemoved() throws IOException {
        LabFolder folder = withFiles(site());

        refuses(() -> down(outside(home)), folder.path().toString());
        refuses(
                () -> Down.removeFiles(home, "single", new Run(event -> {})),
                folder.path().toString());

        assertThat(folder.stateDisk("n0")).exists();
    }

    @Test
    void aFolderThatWasCopiedTakesNothingDown() throws IOException {
        LabFolder ours = up(outside(home));
        LabFolder copy = outside(otherHome).folder("single");
        Files.createDirectories(copy.path());
        Files.copy(ours.identity(), copy.identity());
        Files.copy(ours.stateDisk("n0"), copy.stateDisk("n0"));

        refuses(() -> down(outside(otherHome)), "copy", home.toString());

        assertThat(hypervisor.machines().isRunning(NODE.domain())).isTrue();
        assertThat(copy.stateDisk("n0")).exists();
        assertThat(list(outside(otherHome))).singleElement().satisfies(lab -> assertThat(lab.state())
                .isEqualTo("unusable"));
    }

    @Test
    void aHomeThatIsReachedByALinkIsTheSame() throws Exception {
        LabFolder folder = up(outside(home));
        Path link = Files.createSymbolicLink(otherHome.resolve("link"), home);

        assertThat(down(outside(link))).isPositive();

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void downOfALabWhoseFolderIsALinkEmptiesWhatItLeadsTo() throws Exception {
        LabFolder folder = up(outside(home));
        Path elsewhere = otherHome.resolve("more room");
        Files.move(folder.path(), elsewhere);
        Files.createSymbolicLink(folder.path(), elsewhere);

        down(outside(home));

        assertThat(folder.path()).doesNotExist();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"name\": \"si", "[]"})
    void aDamagedIdentityHidesNoOtherLab(String text) throws IOException {
        up(outside(home));
        LabFolder damaged = outside(home).folder("damaged");
        Files.createDirectories(damaged.path());
        Files.writeString(damaged.identity(), text);

        assertThat(list(outside(home))).extracting(ListedLab::state).containsExactly("unusable", "running");
        assertThatThrownBy(() -> outside(home).identity("damaged"))
                .isInstanceOf(LabFailure.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void whatALaterVersionSaysMoreIsNothingToThisOne() throws IOException {
        LabFolder folder = up(outside(home));
        Files.writeString(folder.identity(), Files.readString(folder.identity()).replaceFirst("\\{", "{\"later\": 1,"));

        assertThat(outside(home).identity("single")).isPresent();
    }

    @Test
    void whoALabIsStandsThereWholeOrNotAtAll() throws IOException {
        LabFolder folder = site().folder("single");
        Files.createDirectories(folder.path());
        Files.writeString(folder.path().resolve(".lab.json.1.part"), "{\"name\": \"sin");
        assertThat(site().identity("single")).isEmpty();

        site().mark("single", "", "");
        Identity first = site().identity("single").orElseThrow();
        assertThat(first.uri()).isEqualTo("embedded");
        assertThat(first.home()).isEqualTo(home.toString());
        assertThat(site().mark("single", "n0", "").id()).as("made once").isEqualTo(first.id());
    }
}
