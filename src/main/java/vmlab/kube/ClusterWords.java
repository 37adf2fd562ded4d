package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a cluster's API says of one of its nodes and the pods there: lines for a diagnosis. */
public final class ClusterWords {

    private static final Set<String> PRESSURES =
            Set.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

    private ClusterWords() {}

    /** Whether the node is Ready, then a line for everything that is not as it should be. */
    public static List<String> of(KubeApi api, String node) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try {
            api.unready().ifPresent(lines::add);
            Optional<Node> found = api.client().nodes().list().getItems().stream()
                    .filter(it -> it.getMetadata().getName().equals(node))
                    .findFirst();
            found.ifPresentOrElse(it -> lines.addAll(of(it)), () -> lines.add("node " + node + " has not registered"));
            for (Pod pod : api.client().pods().inNamespace("kube-system").list().getItems()) {
                String on = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
                if (PodWords.counts(pod) && (on == null || on.equals(node))) {
                    PodWords.hopeless(pod)
                            .or(() -> PodWords.notRunning(pod))
                            .ifPresent(why -> lines.add(PodWords.name(pod) + " " + why));
                }
            }
        } catch (KubernetesClientException error) {
            lines.add(ApiWords.text(error));
        }
        return lines;
    }

    private static List<String> of(Node node) {
        List<String> lines = new ArrayList<>(pressures(node));
        lines.addFirst(
                NodeWords.unready(node).orElse("node " + node.getMetadata().getName() + " is Ready"));
        return lines;
    }

    private static List<String> pressures(Node node) {
        return node.getStatus().getConditions().stream()
                .filter(condition -> PRESSURES.contains(condition.getType()) && "True".equals(condition.getStatus()))
                .map((NodeCondition condition) -> "node " + node.getMetadata().getName() + " has " + condition.getType()
                        + ": " + condition.getMessage())
                .toList();
    }
}
