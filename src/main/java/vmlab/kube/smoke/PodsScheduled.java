package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import vmlab.kube.PodWords;
import vmlab.run.Reading;

/** A pod is scheduled to a node, started and Ready; the two that all other checks use. */
final class PodsScheduled implements SmokeCheck {

    static final String NAME = "pod-scheduled";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiHealth.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        world.create();
        return started(world, Fixtures.SERVER) + ", " + started(world, Fixtures.CLIENT);
    }

    private static String started(SmokeWorld world, String name) throws InterruptedException {
        return world.await("pod " + name, () -> {
            Pod pod = world.pod(name);
            Optional<String> hopeless = PodWords.hopeless(pod);
            if (hopeless.isPresent()) {
                return new Reading.Never<>(hopeless.get(), PodWords.next(pod));
            }
            Optional<String> waiting = PodWords.notRunning(pod);
            return waiting.isPresent()
                    ? new Reading.NotYet<>("pod " + name + " " + waiting.get())
                    : new Reading.Ready<>(name + " on " + pod.getSpec().getNodeName() + " at "
                            + pod.getStatus().getPodIP());
        });
    }
}
