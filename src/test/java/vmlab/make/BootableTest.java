package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.machine.Calibration;
import vmlab.machine.EmulationSpeed;
import vmlab.plan.Accelerator;
import vmlab.plan.Action;
import vmlab.plan.Aspect;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.site.OnTestDriver;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.spec.Disks;
import vmlab.spec.Limits;
import vmlab.spec.Timeouts;

/** What is decided once and carried on; limits on a machine that emulates half as fast as the one that they were chosen on. */
class BootableTest extends OnTestDriver {

    private Site slow() {
        return new Site(
                hypervisor,
                home,
                true,
                Calibration.of(EmulationSpeed.measured(EmulationSpeed.REFERENCE.multipliedBy(2))));
    }

    private static Bootable lab(Accelerator accelerator) {
        Plan plan = plan("10.77.9.0/24");
        return new Bootable(
                plan,
                accelerator,
                Inventory.EMPTY,
                new BootImage(
                        "debian", "0", Path.of("/nowhere"), "k0s", Map.of("root.squashfs", new Artifact(1, "b"))));
    }

    @Test
    void underEmulationDefaultsGrowWithTheMachine() throws InterruptedException {
        assertThat(lab(Accelerator.TCG).limits(slow()))
                .isEqualTo(new Limits(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofMinutes(4)));
        assertThat(lab(Accelerator.TCG).limits(site())).isEqualTo(Limits.USUAL);
    }

    @Test
    void whatIsWrittenMeansWhatItSays() throws InterruptedException {
        Timeouts asked =
                new Timeouts(Optional.of(Duration.ofSeconds(90)), Optional.empty(), Optional.of(Duration.ofSeconds(5)));

        assertThat(lab(Accelerator.TCG).limits(slow(), asked))
                .isEqualTo(new Limits(Duration.ofSeconds(90), Duration.ofMinutes(30), Duration.ofSeconds(5)));
    }

    @Test
    void otherDisksAreAnEditThatTheNodeNotes() {
        Bootable safe = lab(Accelerator.TCG);
        Plan plan = safe.plan();
        Plan fast = Plan.of(
                Clusters.withDisks(plan.cluster(), Disks.FAST), plan.network().cidr());

        assertThat(safe.made(plan.nodes().getFirst())
                        .differences(safe.on(fast).made(fast.nodes().getFirst())))
                .extracting(Object::toString)
                .containsExactly("disks safe → fast");
        assertThat(Aspect.DISKS.change()).isEqualTo(Aspect.Change.RESTART);
    }

    @Test
    void underKvmTheSpeedOfEmulationSaysNothing() throws InterruptedException {
        assertThat(lab(Accelerator.KVM).limits(slow())).isEqualTo(Limits.USUAL);
    }

    @Test
    void whatWasDecidedStaysWhenLibvirtHasMoreMeanwhile() throws InterruptedException {
        Bootable decided = lab(Accelerator.PRETENDED);
        new NodeMachine(site(), decided, decided.plan().controller()).define();

        Bootable later = decided.seeing(hypervisor.inventory());

        assertThat(later.found().domain("n0")).isPresent();
        assertThat(later.actions()).isEqualTo(decided.actions());
    }

    @Test
    void onOtherNetworksNodesAreAddedAtTheirAddressesThere() {
        Bootable decided = lab(Accelerator.PRETENDED);

        assertThat(decided.on(plan("10.77.10.0/24")).actions())
                .extracting(Action::text)
                .anyMatch(text -> text.contains("10.77.10."))
                .noneMatch(text -> text.contains("10.77.9."));
        assertThat(decided.on(plan("10.77.9.0/24")).actions()).isEqualTo(decided.actions());
    }

    private static Plan plan(String network) {
        return Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse(network));
    }
}
