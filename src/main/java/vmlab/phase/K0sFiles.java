package vmlab.phase;

import vmlab.kube.K0sArgs;
import vmlab.kube.K0sConfig;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/** What k0s on a node is told: its configuration and its command line. */
final class K0sFiles {

    private K0sFiles() {}

    /** The text of k0s.yaml. */
    static String config(Plan plan, NodePlan node) {
        long controllers = plan.nodes().stream()
                .filter(n -> n.spec().role().isController())
                .count();
        return K0sConfig.of(
                        node.name(),
                        node.address().getHostAddress(),
                        (int) controllers,
                        plan.cluster().k0sConfig())
                .yaml();
    }

    /** The words after {@code k0s}, on one line. */
    static String arguments(NodePlan node) {
        return K0sArgs.line(K0sArgs.of(node.spec()));
    }
}
