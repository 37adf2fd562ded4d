package vmlab.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;

/** An up that failed when its machine was made, and what Ctrl-C does to it then. */
class FailedUpTest extends OnTestDriver {

    private static final LabFailure FIRST = LabFailure.lab("SSH did not come", "it was off", "switch it on");

    private final List<Event> told = new ArrayList<>();
    private LabFolder folder = new LabFolder(java.nio.file.Path.of(""));

    @BeforeEach
    void beginALab() throws IOException, InterruptedException {
        // Addresses of the loopback: whoever looks for its nodes asks nobody else.
        Plan plan = Plan.of(Clusters.ofNodes("half", 1), Cidr.parse("127.77.9.0/24"));
        libvirt.createNetwork(plan);
        folder = begun("half");
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        new NodeMachine(
                        site(),
                        new Bootable(plan, Accelerator.PRETENDED, Inventory.EMPTY, image),
                        plan.nodes().getFirst())
                .define();
        Files.writeString(folder.serialLog("n0"), "the last word");
    }

    @AfterEach
    void goOn() {
        Thread.interrupted();
    }

    private void isGone() {
        assertThat(hypervisor.inventory().of("half").isEmpty()).isTrue();
        assertThat(folder.identity()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diagnose", "evidence", "down"})
    void aCtrlCMeanwhileLosesNeitherTheFailureNorTheTeardown(String phase) {
        Run interrupted = new Run(event -> {
            if (event instanceof Event.PhaseStarted started && started.phase().equals(phase)) {
                Thread.currentThread().interrupt();
            }
        });

        LabFailure last = new FailedUp(site(), "half", true).of(FIRST, interrupted);

        assertThat(Thread.interrupted()).as("whoever is interrupted stays so").isTrue();
        assertThat(last.what()).isEqualTo(FIRST.what());
        assertThat(last.why()).startsWith(FIRST.why());
        isGone();
    }

    @Test
    void aLabThatCannotBeTakenDownIsToldBesideTheFailure() throws IOException {
        Files.createDirectories(folder.bootPid());

        LabFailure last = new FailedUp(site(), "half", true).of(FIRST, new Run(told::add));

        assertThat(last.what()).isEqualTo(FIRST.what());
        assertThat(told)
                .filteredOn(Event.Noted.class::isInstance)
                .anyMatch(note -> ((Event.Noted) note).text().startsWith("lab half could not be taken down"));
        assertThat(folder.identity()).as("left for lab down").exists();
    }

    @Test
    void whatIsToBeLookedAtStays() {
        new FailedUp(site(), "half", false).of(FIRST, new Run(told::add));
        assertThat(hypervisor.inventory().of("half").domains()).hasSize(1);
        assertThat(folder.serialLog("n0")).exists();
    }
}
