package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.PodWords;
import vmlab.run.Reading;

/** A DaemonSet has a pod on every node, and each runs. */
final class DaemonSetEverywhere implements SmokeCheck {

    static final String NAME = "daemon-set";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public boolean appliesTo(Subject cluster) {
        return cluster.nodes() > 1;
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("a DaemonSet's pod on every node", () -> look(world.nodes(), Outlooks.pods(world)));
    }

    private static Reading<String> look(List<Node> nodes, List<Pod> pods) {
        List<String> waiting = new ArrayList<>();
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            Optional<Pod> pod = pods.stream()
                    .filter(it -> name.equals(it.getSpec().getNodeName()))
                    .findFirst();
            Optional<String> hopeless = pod.flatMap(PodWords::hopeless);
            if (hopeless.isPresent()) {
                return new Reading.Never<>("on " + name + ": " + hopeless.get(), PodWords.next(pod.get()));
            }
            pod.map(PodWords::notRunning)
                    .orElse(Optional.of("has no pod of it"))
                    .ifPresent(why -> waiting.add(name + " " + why));
        }
        return waiting.isEmpty()
                ? new Reading.Ready<>(pods.stream()
                        .map(pod -> pod.getSpec().getNodeName() + " at "
                                + pod.getStatus().getPodIP())
                        .sorted()
                        .collect(Collectors.joining(", ")))
                : new Reading.NotYet<>(String.join("; ", waiting));
    }
}
