package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import java.util.Set;
import vmlab.kube.PodWords;
import vmlab.run.Reading;

/** A claim gets a volume, and what a pod wrote there the next one reads. Claim and first pod came with the others. */
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
        ended(world, VolumePods.WRITER);
        world.make("the pod that reads", VolumePods.reader());
        Pod reader = ended(world, VolumePods.READER);
        PersistentVolumeClaim claim = claim(world).require();
        remove(world);
        return claim.getSpec().getVolumeName() + " on " + reader.getSpec().getNodeName()
                + " kept what a pod wrote for the next one";
    }

    /** A claim goes when no pod has it, in the cluster's own time: begun now, it is gone when all is cleaned up. */
    private static void remove(SmokeWorld world) throws InterruptedException {
        world.await("the removal of the claim", () -> {
            world.pods().withName(VolumePods.WRITER).delete();
            world.pods().withName(VolumePods.READER).delete();
            claim(world).delete();
            return new Reading.Ready<>("asked for");
        });
    }

    private static Resource<PersistentVolumeClaim> claim(SmokeWorld world) {
        return world.client()
                .persistentVolumeClaims()
                .inNamespace(world.namespace())
                .withName(VolumePods.CLAIM);
    }

    private static Pod ended(SmokeWorld world, String name) throws InterruptedException {
        return world.await("the " + name + " of a volume", () -> {
            Pod pod = world.pod(name);
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
                    new Reading.Never<>("pod " + name + " failed: " + world.log(name, 3), "lab logs shows more");
                default ->
                    new Reading.NotYet<>(
                            "pod " + name + " " + PodWords.notRunning(pod).orElse("runs"));
            };
        });
    }
}
