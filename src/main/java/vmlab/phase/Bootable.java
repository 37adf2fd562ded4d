package vmlab.phase;

import vmlab.host.Accelerator;
import vmlab.image.BootImage;
import vmlab.plan.Inventory;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/** A plan with the image that its nodes boot. */
record Bootable(Plan plan, Accelerator accelerator, Inventory found, BootImage image) {

    /** The mark of the network. */
    Mark networkMark() {
        return new Mark(plan.lab(), "", plan.network().hash(), Version.TEXT);
    }

    /** The mark of a node: it changes with whatever the node is made from. */
    Mark mark(NodePlan node) {
        return new Mark(plan.lab(), node.name(), node.hash(image.digest(), K0sFiles.config(plan, node)), Version.TEXT);
    }
}
