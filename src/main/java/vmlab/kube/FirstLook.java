package vmlab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * One cheap look at a cluster that is thought to be up: a single request over the JDK's own HTTPS. Starting the full client for it would
 * take longer than all the rest of an {@code up} that finds nothing to do.
 */
public final class FirstLook {

    /** Enough for a cluster that has nothing else to do. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private FirstLook() {}

    /**
     * Whether the API answers and says of each of {@code nodes} that it is Ready. Anything else is a no, to be looked into by
     * {@link Readiness}.
     *
     * @param access with a key in PKCS#8, as {@link ClusterKeys#adminKubeconfig} makes it
     */
    public static boolean isReady(Kubeconfig access, Set<String> nodes) {
        return isReady(access, nodes, LIMIT);
    }

    /** The same, with so much time to answer for an API that may have other things to do. */
    public static boolean isReady(Kubeconfig access, Set<String> nodes, Duration limit) {
        try {
            return isReady(new Https(access), nodes, limit);
        } catch (IOException no) {
            return false;
        }
    }

    /** The same of an API that was asked before. */
    static boolean isReady(Https api, Set<String> nodes, Duration limit) throws IOException {
        return readyNodes(api.get("/api/v1/nodes?resourceVersion=0", limit)).containsAll(nodes);
    }

    private static Set<String> readyNodes(JsonNode list) {
        Set<String> ready = new HashSet<>();
        for (JsonNode node : list.path("items")) {
            for (JsonNode condition : node.path("status").path("conditions")) {
                if (condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True")) {
                    ready.add(node.path("metadata").path("name").asText());
                }
            }
        }
        return ready;
    }
}
