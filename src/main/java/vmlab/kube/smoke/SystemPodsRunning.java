package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.PodWords;
import vmlab.run.Reading;

/** The pods of kube-system run and are Ready. */
final class SystemPodsRunning implements SmokeCheck {

    @Override
    public String name() {
        return "system-pods";
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiHealth.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("running system pods", () -> {
            List<Pod> pods = world.client().pods().inNamespace("kube-system").list().getItems().stream()
                    .filter(PodWords::counts)
                    .toList();
            Optional<String> waiting = pods.isEmpty()
                    ? Optional.of("there is no system pod")
                    : pods.stream()
                            .flatMap(
                                    pod -> PodWords.notRunning(pod).map(why -> PodWords.name(pod) + " " + why).stream())
                            .findFirst();
            return waiting.<Reading<String>>map(Reading.NotYet::new)
                    .orElseGet(() -> new Reading.Ready<>(pods.stream()
                            .map(pod -> pod.getMetadata().getName())
                            .sorted()
                            .collect(Collectors.joining(", ", "", " run"))));
        });
    }
}
