package vmlab.engine;

import java.nio.file.Path;
import java.util.Optional;
import vmlab.plan.Accelerator;
import vmlab.plan.AppliedSpec;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/**
 * A node's virtual machine, as an engine is asked for it.
 *
 * @param mark whose it is
 * @param made what it is made from
 * @param folder has its disks, and gets what its serial console says
 * @param accelerator what executes its instructions
 * @param configuration what its node must know before it boots, a tar to be unpacked over its root; asked for by engines that keep disks
 * @param memory the file, on a tmpfs, in which it has its memory from when it is switched on, so that it can be copied; empty: nobody else reaches it
 */
public record MachineRequest(
        Plan plan,
        NodePlan node,
        Mark mark,
        AppliedSpec made,
        LabFolder folder,
        Accelerator accelerator,
        Boot boot,
        Configuration configuration,
        Optional<Path> memory) {

    /** Makes what a node must know. */
    @FunctionalInterface
    public interface Configuration {

        /** That of nodes whose disks are made already. */
        Configuration ON_DISK = () -> {
            throw new IllegalStateException("its configuration lies on a disk");
        };

        /** As a tar, of less than a MiB. */
        byte[] tar() throws InterruptedException;
    }

    /** One whose memory nobody else reaches. */
    public MachineRequest(
            Plan plan,
            NodePlan node,
            Mark mark,
            AppliedSpec made,
            LabFolder folder,
            Accelerator accelerator,
            Boot boot) {
        this(plan, node, mark, made, folder, accelerator, boot, Configuration.ON_DISK, Optional.empty());
    }

    /**
     * What a machine is given that does not follow from the plan.
     *
     * @param kernel used, like initrd and kernelLine, by nodes that skip PXE ({@code boot: direct})
     * @param sharedRoot the root file system that the node reads from a disk ({@code rootfs: shared}); empty: it pulls it
     */
    public record Boot(Path kernel, Path initrd, String kernelLine, Optional<Path> sharedRoot) {}
}
