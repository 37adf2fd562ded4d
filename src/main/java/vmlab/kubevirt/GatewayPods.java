package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import vmlab.engine.Gateways;
import vmlab.plan.Digest;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;

/** Labs' gateways: a pod each, made anew when what it is told changes, for it reads that once. */
record GatewayPods(KubernetesClient client, Settings settings, Publisher publisher) implements Gateways {

    /** On the settings: what the pod runs. */
    private static final String IMAGE = "lab.k0s/gateway-image";

    /** On the pod: of which settings it is. */
    private static final String OF = "lab.k0s/settings";

    private static final String BOOT = "boot.json";
    private static final int ENOUGH = 16;

    @Override
    public boolean serve(String lab, String config, List<Path> images, Run run) throws InterruptedException {
        Place network = Place.ofNetwork(Place.plannedNetwork(lab, Place.FIRST), settings);
        String current = ClusterErrors.call("look at the gateway of " + network.namespace(), () -> Optional.ofNullable(
                        told(network).get())
                .map(map -> map.getMetadata().getAnnotations().get(IMAGE))
                .orElse(""));
        String image = publisher.publish(images, current, run);
        tell(network, map -> {
            map.getMetadata().getAnnotations().put(IMAGE, image);
            map.getData().put(BOOT, config);
        });
        return start(network);
    }

    /** Changes what the gateway is told; who wants it to heed that starts it. */
    void tell(Place network, Consumer<ConfigMap> change) {
        ClusterErrors.call("tell the gateway of " + network.namespace(), () -> told(network)
                .edit(found -> {
                    ConfigMap copy = new ConfigMapBuilder(found)
                            .editMetadata()
                            .withAnnotations(new TreeMap<>(found.getMetadata().getAnnotations()))
                            .endMetadata()
                            .withData(new TreeMap<>(found.getData()))
                            .build();
                    change.accept(copy);
                    return copy;
                }));
    }

    /** Lets it run by what it is told now, where it was told what to serve; returns whether it had to be started for that. */
    boolean start(Place network) {
        ConfigMap map = ClusterErrors.call("look at the gateway of " + network.namespace(), () -> told(network)
                .get());
        if (map == null || !map.getData().containsKey(BOOT)) {
            return false;
        }
        Mark mark = Signs.mark(map).orElseThrow(() -> ClusterApi.another(map));
        String image = map.getMetadata().getAnnotations().get(IMAGE);
        String of = Digest.of(ENOUGH, image, new TreeMap<>(map.getData()).toString());
        Optional<Pod> there = find(network);
        if (there.filter(pod -> of.equals(pod.getMetadata().getAnnotations().get(OF)) && !hasEnded(pod))
                .isPresent()) {
            return false;
        }
        stop(network);
        Pod pod = GatewayObjects.pod(network, mark, address(network), image, settings);
        pod.getMetadata().getAnnotations().put(OF, of);
        new ClusterApi(client).make(pod, mark);
        return true;
    }

    private String address(Place network) {
        return new ClusterApi(client)
                .find(Kinds.NETWORK, network)
                .map(NetworkObject::gateway)
                .orElseThrow(() -> LabFailure.lab(
                        "there is no network " + network.name() + " in namespace " + network.namespace(),
                        "somebody removed it",
                        "lab down, then lab up"));
    }

    /** Ends it, and waits until it is gone: the next one has its name. */
    void stop(Place network) {
        PodResource pod = pod(network);
        if (ClusterApi.remove(pod)) {
            ClusterApi.awaitEnd(pod, "the gateway of " + network.namespace());
        }
    }

    @Override
    public Reading<String> look(String lab) {
        Place network = Place.ofNetwork(Place.plannedNetwork(lab, Place.FIRST), settings);
        Optional<Pod> pod = find(network);
        if (pod.isEmpty()) {
            return new Reading.Never<>("its pod is gone", "lab up makes it anew");
        }
        PodStatus status = Optional.ofNullable(pod.get().getStatus()).orElseGet(PodStatus::new);
        boolean isReady = status.getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
        if (isReady) {
            return new Reading.Ready<>(GatewayObjects.NAME);
        }
        if (hasEnded(pod.get())) {
            return new Reading.Never<>(
                    "its pod ended: " + status.getPhase(),
                    "kubectl logs -n " + network.namespace() + " " + GatewayObjects.NAME);
        }
        return new Reading.NotYet<>(waitsFor(status));
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null
                && List.of("Failed", "Succeeded").contains(pod.getStatus().getPhase());
    }

    /** In Kubernetes' own words: an image that can't be pulled, a node that none is. */
    private static String waitsFor(PodStatus status) {
        Optional<String> container = status.getContainerStatuses().stream()
                .map(each -> Optional.ofNullable(each.getState())
                        .map(ContainerState::getWaiting)
                        .orElse(null))
                .filter(Objects::nonNull)
                .map(waiting -> said(waiting.getReason(), waiting.getMessage()))
                .findFirst();
        return container
                .or(() -> status.getConditions().stream()
                        .filter(each -> each.getStatus().equals("False") && each.getMessage() != null)
                        .map(each -> said(each.getReason(), each.getMessage()))
                        .findFirst())
                .orElse("its pod is " + Objects.requireNonNullElse(status.getPhase(), "Pending"));
    }

    private static String said(String reason, String message) {
        return message == null || message.isEmpty() ? reason : reason + ": " + message;
    }

    private Optional<Pod> find(Place network) {
        return ClusterErrors.call(
                "look at the gateway of " + network.namespace(),
                () -> Optional.ofNullable(pod(network).get()));
    }

    private PodResource pod(Place network) {
        return client.pods().inNamespace(network.namespace()).withName(GatewayObjects.NAME);
    }

    private Resource<ConfigMap> told(Place network) {
        return client.configMaps().inNamespace(network.namespace()).withName(GatewayObjects.NAME);
    }
}
