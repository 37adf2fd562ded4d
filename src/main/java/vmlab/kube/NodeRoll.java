package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The nodes that the API knows, and when it last heard of them. */
public final class NodeRoll {

    private final KubeApi api;

    /** The roll that {@code api} keeps. */
    public NodeRoll(KubeApi api) {
        this.api = api;
    }

    /** Which of {@code nodes} have not registered, or have not been heard of for a while; none while the API is not ready. */
    public Set<String> missing(Set<String> nodes) throws InterruptedException {
        Set<String> missing = new TreeSet<>(nodes);
        try {
            if (api.unready().isPresent()) {
                return Set.of();
            }
            for (Node node : api.client().nodes().list().getItems()) {
                boolean silent = node.getStatus().getConditions().stream()
                        .anyMatch(it -> "Ready".equals(it.getType()) && "Unknown".equals(it.getStatus()));
                if (!silent) {
                    missing.remove(node.getMetadata().getName());
                }
            }
            return missing;
        } catch (KubernetesClientException unanswered) {
            return Set.of();
        }
    }

    /** The boot id of each node, by its name: the one of the boot in which its kubelet last reported. */
    Map<String, String> bootIds() {
        Map<String, String> ids = new TreeMap<>();
        for (Node node : api.client().nodes().list().getItems()) {
            if (node.getStatus().getNodeInfo() != null) {
                ids.put(
                        node.getMetadata().getName(),
                        String.valueOf(node.getStatus().getNodeInfo().getBootID()));
            }
        }
        return ids;
    }
}
