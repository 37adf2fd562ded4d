package vmlab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vmlab.run.Reading;

/**
 * Whether a cluster that goes on where it stood is alive. What its API says of nodes is from before, so a node counts once its kubelet has
 * renewed its lease since. In few requests of the JDK's own: all else would take longer than the cluster.
 */
public final class RestoredLook {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Kubeconfig access;
    private final Set<String> nodes;
    private final Map<String, String> before;

    /**
     * A look with {@code access}.
     *
     * @param nodes that are to be Ready
     * @param before when each renewed its lease last, before it stood still
     */
    public RestoredLook(Kubeconfig access, Set<String> nodes, Map<String, String> before) {
        this.access = access;
        this.nodes = Set.copyOf(nodes);
        this.before = Map.copyOf(before);
    }

    /** When each node's lease was last renewed, as the node wrote it. */
    public static Map<String, String> leases(Kubeconfig access) throws IOException {
        JsonNode list = FirstLook.get(access, "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases", ANSWER);
        Map<String, String> renewed = new TreeMap<>();
        for (JsonNode lease : list.path("items")) {
            renewed.put(
                    lease.path("metadata").path("name").asText(),
                    lease.path("spec").path("renewTime").asText());
        }
        return renewed;
    }

    /** One look. */
    public Reading<String> read() {
        try {
            Map<String, String> now = leases(access);
            for (String node : nodes) {
                if (now.getOrDefault(node, "").equals(before.getOrDefault(node, ""))) {
                    return new Reading.NotYet<>("node " + node + " has not renewed its lease yet");
                }
            }
            return FirstLook.isReady(access, nodes)
                    ? new Reading.Ready<>(String.join(", ", nodes))
                    : new Reading.NotYet<>("not all nodes are Ready");
        } catch (IOException silent) {
            return new Reading.NotYet<>("the API does not answer: " + silent.getMessage());
        }
    }
}
