package vmlab.make;

import java.util.Optional;
import vmlab.engine.MachineRequest;
import vmlab.plan.AppliedSpec;
import vmlab.plan.NodePlan;
import vmlab.site.Site;
import vmlab.spec.Rootfs;

/** A node's virtual machine, as the engine is asked for it. */
public record NodeMachine(Site site, Bootable lab, NodePlan node) {

    /** Defines it; one that exists already has the new description from its next start on. */
    public void define() throws InterruptedException {
        define(lab.made(node));
    }

    /** The same with another image than follows from cluster.yaml. */
    public void define(AppliedSpec made) throws InterruptedException {
        site.engine().machines().define(request(made));
    }

    private MachineRequest request(AppliedSpec made) {
        var image = lab.image().sibling(made.image());
        boolean isShared = lab.plan().cluster().rootfs() == Rootfs.SHARED;
        return new MachineRequest(
                lab.plan(),
                node,
                site.mark(lab.plan().lab(), node.name(), ""),
                made,
                site.folder(lab.plan().lab()),
                lab.accelerator(),
                new MachineRequest.Boot(
                        image.kernel(),
                        image.initrd(),
                        lab.kernelLine(image),
                        isShared ? Optional.of(image.squashfs()) : Optional.empty()),
                NodeDisks.of(site, lab, node)::configTar,
                lab.memory(site).map(folder -> folder.resolve(node.name() + ".memory")));
    }
}
