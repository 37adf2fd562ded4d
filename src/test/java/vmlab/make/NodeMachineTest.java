package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vmlab.image.Artifact;
import vmlab.image.BootImage;
import vmlab.plan.Accelerator;
import vmlab.plan.Aspect;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.site.OnTestDriver;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Node;

/** How a machine is described to libvirt, anew too. On libvirt's built-in test driver. */
class NodeMachineTest extends OnTestDriver {

    private static final Cidr NETWORK = Cidr.parse("10.77.9.0/24");

    private Bootable lab(Cluster cluster, Accelerator accelerator) {
        var image = new BootImage("debian", "a".repeat(64), home, "v1", Map.of("root.squashfs", new Artifact(1, "b")));
        Inventory found = hypervisor.inventory().of(cluster.name());
        return new Bootable(Plan.of(cluster, NETWORK), accelerator, found, image);
    }

    private void define(Bootable lab) throws InterruptedException {
        new NodeMachine(site(), lab, lab.plan().nodes().getFirst()).define();
    }

    private String boot() {
        return hypervisor
                .inventory()
                .of("demo")
                .domain("n0")
                .orElseThrow()
                .made()
                .of(Aspect.BOOT);
    }

    @Test
    void aMachineWhoseFirmwareChangesIsDescribedAnew() throws InterruptedException {
        Cluster before = Clusters.ofNodes("demo", 1);
        define(lab(before, Accelerator.PRETENDED));
        define(lab(Clusters.overTftp(before, "n0"), Accelerator.PRETENDED));
        assertThat(boot()).isEqualTo("tftp");
    }

    @Test
    void aMachineThatLibvirtDoesNotWantAnewIsStillThere() throws InterruptedException {
        Cluster before = Clusters.ofNodes("demo", 1);
        define(lab(before, Accelerator.PRETENDED));

        // libvirt refuses a machine without a processor.
        assertThatThrownBy(() -> define(lab(withoutProcessor(Clusters.overTftp(before, "n0")), Accelerator.PRETENDED)))
                .isInstanceOf(LabFailure.class);

        assertThat(boot()).isEqualTo("pxe");
    }

    private static Cluster withoutProcessor(Cluster cluster) {
        Node of = cluster.nodes().getFirst();
        Node node = new Node(
                of.name(),
                of.role(),
                0,
                of.memory(),
                of.disk(),
                of.boot(),
                of.labels(),
                of.taints(),
                of.kubeletArgs(),
                of.networks(),
                of.address());
        return Clusters.withNodes(cluster, List.of(node));
    }
}
