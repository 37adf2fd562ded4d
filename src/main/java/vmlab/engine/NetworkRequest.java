package vmlab.engine;

import java.nio.file.Path;
import vmlab.plan.Mark;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Plan;

/**
 * One of a lab's networks, as an engine is asked for it. All nodes of the plan are on the first one, which also has DNS and PXE; on
 * another, those that have a card there.
 *
 * @param network one of the plan's
 * @param mark whose it is
 * @param tftp the folder with what firmware loads over TFTP
 * @param bootUrl what the firmware's PXE loads first, unless it is to use TFTP
 */
public record NetworkRequest(Plan plan, NetworkPlan network, Mark mark, Path tftp, String bootUrl) {

    /** Whether it is the one that nodes boot from. */
    public boolean isFirst() {
        return network.equals(plan.network());
    }
}
