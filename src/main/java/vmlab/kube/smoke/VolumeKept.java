package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.Set;
import vmlab.kube.PodWords;
import vmlab.run.Reading;

/** A claim gets a volume, and what a pod wrote there the next one reads. */
final class VolumeKept implements SmokeCheck {

    @Override
    public String name() {
        return "volume-kept";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public boolean appliesTo(Subject cluster) {
        return cluster.storage();
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        world.make("a claim for a volume", Kept.claim());
        world.make("the pod that writes", Kept.writer());
        ended(world, "writes");
        world.await("the removal of the pod that wrote", () -> {
            world.pods().withName(Kept.POD).delete();
            return world.pods().withName(Kept.POD).get() == null
                    ? new Reading.Ready<>("gone")
                    : new Reading.NotYet<>("pod " + Kept.POD + " is being deleted");
        });
        world.make("the pod that reads", Kept.reader());
        Pod reader = ended(world, "reads");
        String volume = world.client()
                .persistentVolumeClaims()
                .inNamespace(world.namespace())
                .withName(Kept.CLAIM)
                .require()
                .getSpec()
                .getVolumeName();
        return volume + " on " + reader.getSpec().getNodeName() + " kept what a pod wrote for the next one";
    }

    private static Pod ended(SmokeWorld world, String does) throws InterruptedException {
        return world.await("a pod that " + does + " a volume", () -> {
            Pod pod = world.pod(Kept.POD);
            Optional<String> hopeless = PodWords.hopeless(pod);
            if (hopeless.isPresent()) {
                return new Reading.Never<>(hopeless.get(), PodWords.next(pod));
            }
            String phase = pod.getStatus() == null
                    ? ""
                    : String.valueOf(pod.getStatus().getPhase());
            return switch (phase) {
                case "Succeeded" -> new Reading.Ready<>(pod);
                case "Failed" ->
                    new Reading.Never<>(
                            "pod " + Kept.POD + " failed: " + world.log(Kept.POD, 3), "lab logs shows more");
                default ->
                    new Reading.NotYet<>(
                            "pod " + Kept.POD + " " + PodWords.notRunning(pod).orElse("runs"));
            };
        });
    }
}
