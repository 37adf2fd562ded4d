package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.Optional;

/** What a Kubernetes node's status means. */
public final class NodeWords {

    private NodeWords() {}

    /** Why the node is not Ready, in a line; empty if it is. */
    public static Optional<String> unready(Node node) {
        String name = "node " + node.getMetadata().getName();
        Optional<NodeCondition> ready = node.getStatus() == null
                ? Optional.empty()
                : node.getStatus().getConditions().stream()
                        .filter(condition -> "Ready".equals(condition.getType()))
                        .findFirst();
        if (ready.isEmpty()) {
            return Optional.of(name + " has not reported yet");
        }
        String said = String.valueOf(ready.get().getMessage());
        return switch (ready.get().getStatus()) {
            case "True" ->
                internalIp(node).isPresent()
                        ? Optional.empty()
                        : Optional.of(name + " has no InternalIP: it has no default route");
            case "Unknown" -> Optional.of(name + " stopped reporting: " + said);
            default -> Optional.of(name + " is NotReady: " + innermost(said));
        };
    }

    /** The address other nodes and the host reach it at. */
    public static Optional<String> internalIp(Node node) {
        return node.getStatus().getAddresses().stream()
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(NodeAddress::getAddress)
                .findFirst();
    }

    /** Kubelet wraps one message in another, and several in brackets: {@code [… message:… cni plugin not initialized, CSINode …]}. */
    private static String innermost(String message) {
        int inner = message.lastIndexOf("message:");
        String last = inner < 0 ? message : message.substring(inner + "message:".length());
        return last.replace("Network plugin returns error: ", "")
                .replaceFirst("]$", "")
                .strip();
    }
}
