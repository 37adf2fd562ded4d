package vmlab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import vmlab.run.Reading;

/**
 * Whether a cluster that goes on where it stood is alive. What its API says of nodes is from before, so a node counts once its kubelet has
 * renewed its lease since. On one connection: more handshakes would take longer than
 * the cluster.
 */
public final class RestoredLook {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    private final Https api;
    private final Map<String, String> before;
    private final Consumer<String> heard;
    private final Set<String> silent;

    /**
     * A look with {@code access}.
     *
     * @param before when each node renewed its lease last, before it stood still; these are to be Ready
     * @param heard is told of each node, once, that it renewed its lease
     */
    public RestoredLook(Kubeconfig access, Map<String, String> before, Consumer<String> heard) throws IOException {
        this.api = new Https(access);
        this.before = Map.copyOf(before);
        this.heard = heard;
        this.silent = new TreeSet<>(before.keySet());
    }

    /** When each node's lease was last renewed, as the node wrote it. */
    public static Map<String, String> leases(Kubeconfig access) throws IOException {
        Map<String, String> renewed = new TreeMap<>();
        for (JsonNode lease : new Https(access).get(LEASES, ANSWER).path("items")) {
            if (isOfNode(lease)) {
                renewed.put(node(lease), renewTime(lease));
            }
        }
        return renewed;
    }

    /** A node holds the lease that is called like it; k0s has another there, for which of its controllers leads. */
    private static boolean isOfNode(JsonNode lease) {
        return lease.path("spec").path("holderIdentity").asText().equals(node(lease));
    }

    private static String node(JsonNode lease) {
        return lease.path("metadata").path("name").asText();
    }

    private static String renewTime(JsonNode lease) {
        return lease.path("spec").path("renewTime").asText();
    }

    /** One look, which lasts until all have renewed their leases, a few seconds at most. */
    public Reading<String> read() {
        try {
            if (!FirstLook.isReady(api, before.keySet(), ANSWER)) {
                return new Reading.NotYet<>("not all nodes are Ready");
            }
            if (!silent.isEmpty()) {
                api.watch(LEASES + "?watch=true&timeoutSeconds=5", ANSWER, this::hasHeard);
            }
            return silent.isEmpty()
                    ? new Reading.Ready<>(String.join(", ", before.keySet()))
                    : new Reading.NotYet<>("no lease was renewed yet by " + String.join(", ", silent));
        } catch (IOException error) {
            return new Reading.NotYet<>("the API does not answer: " + error.getMessage());
        }
    }

    /** Notes a lease as the API tells of it; returns whether others are awaited still. */
    private boolean hasHeard(JsonNode event) {
        JsonNode lease = event.path("object");
        String node = node(lease);
        if (!renewTime(lease).equals(before.getOrDefault(node, "")) && silent.remove(node)) {
            heard.accept(node);
        }
        return !silent.isEmpty();
    }
}
