package vmlab.make;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import vmlab.boot.ImageUrl;
import vmlab.boot.KernelLine;
import vmlab.image.BootImage;
import vmlab.plan.Accelerator;
import vmlab.plan.Action;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Aspect;
import vmlab.plan.Edits;
import vmlab.plan.Inventory;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.site.Site;
import vmlab.spec.Bytes;
import vmlab.spec.Limits;
import vmlab.spec.Timeouts;

/**
 * A plan with the image that its nodes boot, and what was decided.
 *
 * @param actions what has to be done until the lab is as planned: the very actions that {@code lab plan} shows
 */
public record Bootable(Plan plan, Accelerator accelerator, Inventory found, BootImage image, List<Action> actions) {

    /** Decides, from the plan and what there is. */
    public Bootable(Plan plan, Accelerator accelerator, Inventory found, BootImage image) {
        this(plan, accelerator, found, image, Edits.of(plan, found, node -> wanted(plan, image, node)));
    }

    /** The same with other networks: what is made from their addresses is decided anew. */
    Bootable on(Plan other) {
        return other.equals(plan) ? this : new Bootable(other, accelerator, found, image);
    }

    /** The same with what libvirt has now; what was decided stays. */
    Bootable seeing(Inventory everything) {
        return new Bootable(plan, accelerator, everything.of(plan.lab()), image, actions);
    }

    /** Whether nothing of the lab ran before: its nodes find each other with what was made before the first boot. */
    public boolean begins() {
        return found.domains().isEmpty();
    }

    /** The limits that hold for it on {@code site}. */
    public Limits limits(Site site) throws InterruptedException {
        return limits(site, plan.cluster().timeouts());
    }

    /** The same, where others than cluster.yaml's own were asked for. */
    public Limits limits(Site site, Timeouts asked) throws InterruptedException {
        return asked.limits(site.pace(accelerator)::of);
    }

    /** The image that a node boots as it is now; a new node's is the plan's. */
    BootImage image(NodePlan node) {
        return found.domain(node.name())
                .map(domain -> image.sibling(domain.made().image()))
                .orElse(image);
    }

    /** The folder in which its machines have their memory as files; empty where they can't. */
    public Optional<Path> memory(Site site) {
        long whole = plan.nodes().stream()
                .mapToLong(node -> node.spec().memory().value())
                .sum();
        return accelerator == Accelerator.PRETENDED ? Optional.empty() : site.memory(plan.lab(), new Bytes(whole));
    }

    /** The kernel command line of a node as it is now. */
    public String kernelLine(NodePlan node) {
        return kernelLine(image(node));
    }

    /** The kernel command line of a node that boots {@code booted}. */
    String kernelLine(BootImage booted) {
        return KernelLine.of(
                new ImageUrl(plan.network().bootUrl(), booted.folder()),
                booted.squashfsSha256(),
                plan.cluster().rootfs(),
                accelerator == Accelerator.TCG);
    }

    /** What a node would be made from if it were made now. */
    private static AppliedSpec wanted(Plan plan, BootImage image, NodePlan node) {
        return AppliedSpec.of(
                        node, image.digest(), node.spec().role().isController() ? K0sFiles.config(plan, node) : "")
                .with(Aspect.ROOTFS, plan.cluster().rootfs().toString())
                .with(Aspect.DISKS, plan.cluster().disks().toString())
                .with(Aspect.PROVISION, ProvisionFiles.shown(plan))
                .with(Aspect.ACCESS, ProvisionAccess.fingerprint(plan.cluster().provision()));
    }

    /** What a node is made from when it is made or made anew: an image that {@code lab upgrade} gave it stays. */
    public AppliedSpec made(NodePlan node) {
        return found.domain(node.name())
                .map(domain -> wanted(plan, image, node).after(domain.made()))
                .orElseGet(() -> wanted(plan, image, node));
    }
}
