package vmlab.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vmlab.diagnose.Diagnosis;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.make.Bootable;
import vmlab.make.NodeMachine;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.LabFailure;
import vmlab.run.MilestoneName;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;

/** An {@code up} of two nodes that was killed when one machine was defined, none started, and an event half written. */
class HalfUpLabTest extends OnTestDriver {

    private Site site;

    @BeforeEach
    void beginALab() throws IOException, InterruptedException {
        site = site();
        // Addresses of the loopback: whoever looks for its nodes asks nobody else.
        Plan plan = Plan.of(Clusters.ofNodes("half", 2), Cidr.parse("127.77.9.0/24"));
        libvirt.createNetwork(plan);
        begun("half");
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        var lab = new Bootable(plan, Accelerator.PRETENDED, Inventory.EMPTY, image);
        new NodeMachine(site, lab, plan.nodes().getFirst()).define();
        Files.writeString(site.folder("half").events(), """
                {"event":"PhaseStarted","at":"2026-01-01T12:00:00Z","phase":"power","doing":"switch the nodes on"}
                {"event":"PhaseDone","at":"2026-01-""");
    }

    @Test
    void statusNamesTheImagesThatPodsWaitFor() throws IOException {
        EventLog log = new EventLog(LabFolder.of(home, "half").events());
        log.emit(asked("long-ago", Instant.now().minusSeconds(3600), 403));
        log.emit(asked("came", Instant.now(), 403));
        log.emit(asked("came", Instant.now(), 200));
        log.emit(asked("none", Instant.now(), 403));

        Status status = Status.of("half", "", hypervisor.inventory().of("half"), home);

        assertThat(status.missingImages()).containsExactly("r.example/none:1");
    }

    private static Event asked(String image, Instant at, int status) {
        return new Event.Served(at, "n0", "/v2/" + image + "/manifests/1?ns=r.example", status, 0, Duration.ZERO);
    }

    @Test
    void statusShowsWhatIsThere() {
        Status status = Status.of("half", "", hypervisor.inventory().of("half"), home);

        assertThat(status.phase()).isEqualTo("power: in progress");
        assertThat(status.nodes()).singleElement().satisfies(node -> {
            assertThat(node.name()).isEqualTo("n0");
            assertThat(node.state()).isEqualTo("shutoff");
            assertThat(node.lastSaid()).isEmpty();
        });
    }

    @Test
    void aNodeThatIsOffOrPausedIsNotReadyWhateverItSaidBefore() throws IOException {
        Files.delete(site.folder("half").events());
        new EventLog(site.folder("half").events())
                .emit(new Event.Milestone(Instant.now(), "n0", MilestoneName.READY.toString(), "", Duration.ZERO));

        Status status = Status.of("half", "", hypervisor.inventory().of("half"), home);

        assertThat(status.nodes()).singleElement().satisfies(node -> {
            assertThat(node.lastSaid()).isEqualTo(MilestoneName.READY.toString());
            assertThat(node.kubernetes()).isEmpty();
        });
        hypervisor.machines().start("lab-half.n0");
        assertThat(kubernetes()).isEqualTo(MilestoneName.READY.toString());
        hypervisor.machines().pause("lab-half.n0");
        assertThat(kubernetes()).isEmpty();
    }

    private String kubernetes() {
        return Status.of("half", "", hypervisor.inventory().of("half"), home)
                .nodes()
                .getFirst()
                .kubernetes();
    }

    @Test
    void diagnoseSaysThatTheMachineDoesNotRun() throws InterruptedException {
        assertThat(new Run(event -> {}).perform(new Diagnose(site), "half"))
                .singleElement()
                .extracting(Diagnosis::first)
                .satisfies(found -> assertThat(found.orElseThrow().cause()).isEqualTo("machine-off"));
    }

    @Test
    void aDiagnosisIsToldAlsoWhereItsEvidenceCannotBeKept() throws InterruptedException, IOException {
        Files.writeString(site.folder("half").evidence(), "in the way");
        List<Event> told = new ArrayList<>();

        assertThat(new Run(told::add).perform(new Diagnose(site), "half"))
                .singleElement()
                .satisfies(it -> assertThat(it.first().orElseThrow().cause()).isEqualTo("machine-off"));
        assertThat(told)
                .filteredOn(Event.Noted.class::isInstance)
                .singleElement()
                .satisfies(note -> assertThat(((Event.Noted) note).text()).contains("could not be kept"));
    }

    @Test
    void aBundleSaysWhatItCouldNotHave() throws InterruptedException, IOException {
        Path file = home.resolve("half.tar.zst");
        Bundle.write(site, "half", file);

        Process tar = new ProcessBuilder("tar", "--zstd", "-xOf", file.toString(), "./index.txt").start();
        assertThat(new String(tar.getInputStream().readAllBytes()))
                .contains("events.jsonl", "lab-half.n0.xml", "n0.screenshot.png: the machine is off");
    }

    @Test
    void aNetworkThatForgotItsNodesLeadsToTheFirstMachine() {
        hypervisor.networks().forget("lab-half", "n0");
        hypervisor.networks().forget("lab-half", "n1");

        assertThat(Access.to(site, "half", Optional.empty()).node()).isEqualTo("n0");
    }

    @Test
    void aNodeThatWasNotMadeYetIsNamedAndSoAreTheOnesThatWere() {
        assertThatThrownBy(() -> Access.to(site, "half", Optional.of("n1")))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.what() + failure.why())
                        .contains("has no node n1", "its nodes are n0"));
    }
}
