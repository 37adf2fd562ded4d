package vmlab.make;

import java.util.Optional;
import vmlab.kube.K0sArgs;
import vmlab.kube.K0sConfig;
import vmlab.kube.Standing;
import vmlab.plan.Inventory;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.spec.Cidr;
import vmlab.spec.ClusterRanges;

/** What k0s on a node is told: its configuration and its command line. */
final class K0sFiles {

    private K0sFiles() {}

    /** The text of k0s.yaml. */
    static String config(Plan plan, NodePlan node) {
        K0sConfig config = K0sConfig.of(
                node.name(),
                node.address().getHostAddress(),
                plan.hasSeveralControllers() ? Optional.of(plan.api().getHostAddress()) : Optional.empty(),
                plan.cluster().k0sConfig());
        return (plan.network().ula().isPresent() ? config.withDualStack() : config).yaml();
    }

    /** The words after {@code k0s}, on one line. */
    static String arguments(NodePlan node, Standing standing) {
        return K0sArgs.line(K0sArgs.of(node.spec(), standing));
    }

    /** The setting that tells a node which addresses are services' and nobody else's; empty where k0s's configuration has none that is valid. */
    static String serviceRange(Plan plan) {
        Cidr range = ClusterRanges.of(plan.cluster().k0sConfig()).get("serviceCIDR");
        return range == null ? "" : ServiceSettings.line("SERVICE_RANGE", range.toString());
    }

    /** How a node that is made now comes into its cluster: a first controller that is made again joins the others that there are. */
    static Standing standing(Plan plan, NodePlan node, Inventory found) {
        if (!node.spec().role().isController()) {
            return Standing.WORKER;
        }
        if (!plan.hasSeveralControllers()) {
            return Standing.ALONE;
        }
        boolean isBegun = plan.controllers().stream()
                .anyMatch(other -> found.domain(other.name()).isPresent());
        return node.equals(plan.controller()) && !isBegun ? Standing.FIRST : Standing.JOINS;
    }
}
