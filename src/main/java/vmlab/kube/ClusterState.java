package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cluster all of which is Ready.
 *
 * @param nodes in the order of their names
 * @param systemPods how many run in kube-system
 */
public record ClusterState(List<NodeState> nodes, int systemPods) {

    /**
     * One Kubernetes node.
     *
     * @param version of its kubelet: {@code v1.36.3+k0s}
     */
    public record NodeState(String name, String internalIp, String version) {}

    static ClusterState of(List<Node> nodes, List<Pod> pods) {
        return new ClusterState(
                nodes.stream()
                        .map(node -> new NodeState(
                                node.getMetadata().getName(),
                                NodeWords.internalIp(node).orElse(""),
                                node.getStatus().getNodeInfo() == null
                                        ? ""
                                        : node.getStatus().getNodeInfo().getKubeletVersion()))
                        .sorted(Comparator.comparing(NodeState::name))
                        .toList(),
                (int) pods.stream().filter(PodWords::counts).count());
    }

    /** One line for people: {@code cp (10.77.0.2, v1.36.3); 3 system pods run}. */
    @Override
    public String toString() {
        return nodes.stream()
                        .map(node -> node.name() + " (" + node.internalIp() + ", " + node.version() + ")")
                        .collect(Collectors.joining(", "))
                + "; " + systemPods + " system pods run";
    }
}
