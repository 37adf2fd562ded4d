package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vmlab.kube.NodeWords;
import vmlab.run.LabFailure;

/** The nodes as {@link Everywhere} lets them be asked. */
final class Outlooks {

    private Outlooks() {}

    /** The pods of {@link Everywhere} that have a node. */
    static List<Pod> pods(SmokeWorld world) {
        return world
                .client()
                .pods()
                .inNamespace(world.namespace())
                .withLabel("role", Everywhere.NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .toList();
    }

    /** What each node sees, in the order of their names; a node without its pod is a failure. */
    static List<NodeView> of(SmokeWorld world) {
        int port = world.nodePort(Everywhere.NAME);
        List<Pod> pods = pods(world);
        List<NodeView> outlooks = new ArrayList<>();
        for (Node node : world.nodes()) {
            String name = node.getMetadata().getName();
            Pod pod = pods.stream()
                    .filter(it -> name.equals(it.getSpec().getNodeName()))
                    .findFirst()
                    .orElseThrow(() -> LabFailure.lab(
                            "node " + name + " cannot be asked",
                            "it has no pod of the DaemonSet",
                            "see the check " + DaemonSetEverywhere.NAME));
            String address = address(node);
            outlooks.add(new NodeView(
                    name,
                    address,
                    pod.getMetadata().getName(),
                    pod.getStatus().getPodIP(),
                    NodeHttp.at(address, port, "/")));
        }
        outlooks.sort(Comparator.comparing(NodeView::node));
        return List.copyOf(outlooks);
    }

    /** Where this host reaches a pod that is on this very node, by the node's name. */
    static Map<String, URI> doors(SmokeWorld world) {
        List<Node> nodes = world.nodes();
        Map<String, URI> doors = new TreeMap<>();
        if (nodes.size() == 1) {
            Node only = nodes.getFirst();
            doors.put(only.getMetadata().getName(), NodeHttp.at(address(only), world.nodePort(Fixtures.SERVICE), "/"));
        } else {
            of(world).forEach(outlook -> doors.put(outlook.node(), outlook.door()));
        }
        return doors;
    }

    static String address(Node node) {
        return NodeWords.internalIp(node).orElse(node.getMetadata().getName());
    }
}
