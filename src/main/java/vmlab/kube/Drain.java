package vmlab.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vmlab.run.Reading;
import vmlab.run.Waiter;

/**
 * Moves the pods of a cordoned node elsewhere, by eviction, so that disruption budgets are heeded and pods end in their own time. What
 * belongs to the node (DaemonSets' pods, static pods) or has ended stays. Ready with the pods that were left when the limit had passed,
 * best none: whoever drains decides what becomes of these.
 */
public final class Drain implements Waiter.Probe<List<String>> {

    /** How often to look. */
    public static final Duration PACE = Duration.ofSeconds(2);

    /** The annotation by which the kubelet tells the API server of a pod that it has from a file. */
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final KubernetesClient client;
    private final String node;
    private final Clock clock;
    private final Instant end;
    private final Set<String> refused = new HashSet<>();

    /** Drains {@code node} for at most {@code limit} from now. */
    public Drain(KubeApi api, String node, Duration limit) {
        this(api.client(), node, limit, Clock.systemUTC());
    }

    Drain(KubernetesClient client, String node, Duration limit, Clock clock) {
        this.client = client;
        this.node = node;
        this.clock = clock;
        this.end = clock.instant().plus(limit);
    }

    @Override
    public Reading<List<String>> read() throws InterruptedException {
        try {
            List<Pod> left = client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                    .filter(Drain::mustGo)
                    .toList();
            if (left.isEmpty() || !clock.instant().isBefore(end)) {
                return new Reading.Ready<>(left.stream().map(PodWords::name).toList());
            }
            left.forEach(this::evict);
            Pod first = left.getFirst();
            return new Reading.NotYet<>(PodWords.name(first)
                    + (refused.contains(PodWords.name(first))
                            ? " must stay for now: its disruption budget says so"
                            : " is on its way out"));
        } catch (KubernetesClientException error) {
            // An API that is away does not stop the clock.
            return clock.instant().isBefore(end) ? ApiWords.of(error) : new Reading.Ready<>(List.of());
        }
    }

    private static boolean mustGo(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        boolean ofTheNode = pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("DaemonSet"));
        boolean isStatic = pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey(MIRROR);
        return !ofTheNode && !isStatic && !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    private void evict(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        boolean goes = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .evict();
        if (goes) {
            refused.remove(PodWords.name(pod));
        } else {
            refused.add(PodWords.name(pod));
        }
    }
}
