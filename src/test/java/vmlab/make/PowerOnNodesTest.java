package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.plan.Accelerator;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.run.Run;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;

/** Which machines are switched on. On libvirt's built-in test driver. */
class PowerOnNodesTest extends OnTestDriver {

    private Bootable lab() {
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        Inventory found = hypervisor.inventory().of("demo");
        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.9.0/24"));
        return new Bootable(plan, Accelerator.PRETENDED, found, image);
    }

    @Test
    void aMachineThatAKilledSnapshotLetStandStillGoesOn() throws InterruptedException {
        begun("demo");
        String machine = lab().plan().nodes().getFirst().domain();
        new PowerOnNodes(site()).run(lab(), new Run(event -> {}));
        hypervisor.machines().pause(machine);
        assertThat(hypervisor.machines().state(machine)).isEqualTo("paused");

        Started started = new PowerOnNodes(site()).run(lab(), new Run(event -> {}));

        assertThat(hypervisor.machines().state(machine)).isEqualTo("running");
        assertThat(started.fresh()).as("nothing was booted").isFalse();
    }
}
