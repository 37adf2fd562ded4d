package vmlab.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vmlab.engine.MachineRequest;
import vmlab.image.BootImage;
import vmlab.image.World;
import vmlab.libvirt.TestDriver;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Clusters;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.power.Start;
import vmlab.registry.ContainerStore;
import vmlab.registry.WantedImages;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.Site;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;
import vmlab.up.Up;

/** No node boots an image that was altered in the store. On libvirt's built-in test driver. */
class AlteredImageTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final TestDriver libvirt = new TestDriver();

    private World world;
    private BootImage image;
    private Site site;

    @BeforeEach
    void anImageThatLostItsEnd() throws Exception {
        world = new World(folder);
        image = world.resolve();
        Files.writeString(image.squashfs(), "no");
        site = new Site(libvirt.hypervisor(), folder.resolve("home"), true);
    }

    @Test
    void upRefusesItBeforeAnythingIsMade() throws Exception {
        Cluster cluster = Specs.readCluster(Files.writeString(
                folder.resolve("cluster.yaml"),
                "apiVersion: lab/v1\nname: demo\nimage: recipe.yaml\naccel: tcg\nnodes: [{name: cp, memory: 2GiB}]\n"));

        assertThatThrownBy(() -> new Up(
                                site,
                                world.images(true),
                                new FetchImages(new WantedImages(new ContainerStore(folder), Map.of()), false),
                                false,
                                false,
                                true)
                        .run(cluster, new Run(event -> {})))
                .isInstanceOfSatisfying(LabFailure.class, this::namesFileAndCure);

        assertThat(libvirt.hypervisor().inventory().isEmpty()).isTrue();
        assertThat(site.folder("demo").path()).doesNotExist();
        assertThat(world.builds()).as("it was not built over").isEqualTo(1);
    }

    @Test
    void startRefusesItAndLeavesTheNodesOff() throws Exception {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 1), Cidr.parse("10.77.9.0/24"));
        NodePlan node = plan.nodes().getFirst();
        LabFolder lab = site.folder("demo");
        new Identity("demo", TestDriver.ID, Identity.path(site.home()), Identity.EMBEDDED, "").write(lab);
        Files.writeString(lab.kubeconfig(), "");
        new ServeBoot(site)
                .config(new Bootable(plan, Accelerator.PRETENDED, Inventory.EMPTY, image), lab)
                .write(lab.bootConfig());
        libvirt.createNetwork(plan);
        libvirt.hypervisor()
                .machines()
                .define(new MachineRequest(
                        plan,
                        node,
                        new Mark("demo", "id", "/home", node.name(), "", "1"),
                        AppliedSpec.of(node, image.digest(), ""),
                        lab,
                        Accelerator.PRETENDED,
                        new MachineRequest.Boot(image.kernel(), image.initrd(), "console=ttyS0", Optional.empty())));

        assertThatThrownBy(() -> new Start(site).run("demo", new Run(event -> {})))
                .isInstanceOfSatisfying(LabFailure.class, this::namesFileAndCure);
        assertThat(libvirt.hypervisor().machines().isRunning(node.domain())).isFalse();
    }

    private void namesFileAndCure(LabFailure refused) {
        assertThat(refused.what()).contains("was altered");
        assertThat(refused.why()).contains("root.squashfs has 2 bytes, was built with 5: truncated");
        assertThat(refused.next()).startsWith("rm -r " + image.folder());
    }
}
