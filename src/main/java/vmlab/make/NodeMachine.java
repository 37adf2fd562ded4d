package vmlab.make;

import java.util.Optional;
import vmlab.libvirt.DomainXml;
import vmlab.libvirt.Domains;
import vmlab.plan.Aspect;
import vmlab.plan.Made;
import vmlab.plan.NodePlan;
import vmlab.run.LabFailure;
import vmlab.site.Site;
import vmlab.spec.Rootfs;

/** A node's virtual machine, as it is described to libvirt. */
public record NodeMachine(Site site, Bootable lab, NodePlan node) {

    /** Defines it; one that exists already has the new description from its next start on. */
    public void define() {
        define(lab.made(node));
    }

    /** The same with another image than follows from cluster.yaml. */
    public void define(Made made) {
        var found = lab.found().domain(node.name());
        if (found.isPresent()
                && !found.get().made().of(Aspect.BOOT).equals(node.spec().boot().toString())) {
            replace(describe(made));
        } else {
            site.hypervisor().domains().define(describe(made));
        }
    }

    /** The firmware's variables are a file that only goes with the description. Where libvirt refuses the new one, the old one comes back. */
    private void replace(String description) {
        Domains domains = site.hypervisor().domains();
        String before = domains.describe(node.domain());
        domains.remove(node.domain());
        try {
            domains.define(description);
        } catch (LabFailure refused) {
            domains.define(before);
            throw refused;
        }
    }

    private String describe(Made made) {
        var image = lab.image().sibling(made.image());
        boolean isShared = lab.plan().cluster().rootfs() == Rootfs.SHARED;
        return DomainXml.of(
                lab.plan(),
                node,
                site.mark(lab.plan().lab(), node.name(), ""),
                made,
                site.folder(lab.plan().lab()),
                lab.accelerator(),
                new DomainXml.Boot(
                        image.kernel(),
                        image.initrd(),
                        lab.kernelLine(image),
                        isShared ? Optional.of(image.squashfs()) : Optional.empty()));
    }
}
