package vmlab.make;

import java.nio.file.Path;
import java.util.Optional;
import vmlab.engine.MachineRequest;
import vmlab.engine.Memory;
import vmlab.plan.Made;
import vmlab.plan.NodePlan;
import vmlab.site.Site;
import vmlab.spec.Rootfs;

/** A node's virtual machine, as the engine is asked for it. */
public record NodeMachine(Site site, Bootable lab, NodePlan node) {

    /** Defines it; one that exists already has the new description from its next start on. */
    public void define() {
        define(lab.made(node));
    }

    /** The same with another image than follows from cluster.yaml. */
    public void define(Made made) {
        site.engine().machines().define(request(made, memory()));
    }

    /** The same for a machine that goes on where another stood, in the memory that it had. */
    public void defineOver(Path memory) {
        site.engine().machines().define(request(lab.made(node), new Memory.Over(memory)));
    }

    private Memory memory() {
        return lab.memory(site)
                .<Memory>map(folder -> new Memory.InFile(folder.resolve(node.name() + ".memory")))
                .orElseGet(Memory.Private::new);
    }

    private MachineRequest request(Made made, Memory memory) {
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
                memory);
    }
}
