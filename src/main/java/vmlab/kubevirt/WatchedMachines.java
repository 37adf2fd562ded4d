package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Machines, for whoever asks again and again how they are: the second question about a lab begins a watch, which answers all further ones.
 * Of what was ordered a moment ago the watch may not know yet; then, and where it is cut off, the API server is asked.
 */
final class WatchedMachines implements AutoCloseable {

    private static final Duration LATE = Duration.ofSeconds(3);

    private final ClusterApi api;
    private final Map<String, Optional<SharedIndexInformer<GenericKubernetesResource>>> watches =
            new ConcurrentHashMap<>();
    private final Map<Place, Instant> ordered = new ConcurrentHashMap<>();

    WatchedMachines(ClusterApi api) {
        this.api = api;
    }

    Optional<GenericKubernetesResource> find(Place place) {
        Instant last = ordered.getOrDefault(place, Instant.MIN);
        boolean isKnown = Duration.between(last, Instant.now()).compareTo(LATE) > 0;
        return watch(place.namespace())
                .filter(watch -> isKnown && watch.isWatching())
                .map(watch -> Optional.ofNullable(watch.getStore().getByKey(place.namespace() + "/" + place.name())))
                .orElseGet(() -> api.find(Kinds.MACHINE, place));
    }

    /** A machine is about to become otherwise. */
    void expect(Place place) {
        ordered.put(place, Instant.now());
    }

    /** None at the first question, which may be the only one. */
    private Optional<SharedIndexInformer<GenericKubernetesResource>> watch(String namespace) {
        Optional<SharedIndexInformer<GenericKubernetesResource>> watch = watches.get(namespace);
        if (watch == null) {
            watches.put(namespace, Optional.empty());
            return Optional.empty();
        }
        return watch.or(() -> watches.computeIfPresent(namespace, (its, none) -> begin(its)));
    }

    private Optional<SharedIndexInformer<GenericKubernetesResource>> begin(String namespace) {
        try {
            return Optional.of(api.client()
                    .genericKubernetesResources(Kinds.MACHINE)
                    .inNamespace(namespace)
                    .inform());
        } catch (KubernetesClientException notAllowed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        watches.values().forEach(watch -> watch.ifPresent(SharedIndexInformer::close));
    }
}
