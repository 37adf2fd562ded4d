package vmlab.plan;

import java.util.ArrayList;
import java.util.List;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Role;

/** A lab as it will be: cluster.yaml with everything decided that it leaves open. */
public record Plan(Cluster cluster, NetworkPlan network, List<NodePlan> nodes) {

    /** Decides names and addresses for {@code cluster} on the network {@code cidr}. */
    public static Plan of(Cluster cluster, Cidr cidr) {
        NetworkPlan network = NetworkPlan.of(cluster.name(), cluster.network(), cidr);
        List<NodePlan> nodes = new ArrayList<>();
        for (var node : cluster.nodes()) {
            nodes.add(NodePlan.of(cluster.name(), node, network.nodeAddress(nodes.size())));
        }
        return new Plan(cluster, network, List.copyOf(nodes));
    }

    /** The lab's name. */
    public String lab() {
        return cluster.name();
    }

    /** The controller that answers for the API: the first one written. */
    public NodePlan controller() {
        return nodes.stream()
                .filter(node -> node.spec().role().isController())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the reader refuses a cluster without a controller"));
    }

    /** Whether nodes join the first one. */
    public boolean hasWorkers() {
        return nodes.stream().anyMatch(node -> node.spec().role() == Role.WORKER);
    }
}
