package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;
import vmlab.kube.ApiWords;
import vmlab.kube.KubeApi;
import vmlab.run.Reading;

/** The volumes of a node that goes for good, and its disk with it. */
public final class LostVolumes {

    private LostVolumes() {}

    /** Removes them from the cluster, which then shows their claims as {@code Lost}. Ready with how many there were. */
    public static Reading<Integer> of(KubeApi api, String node) throws InterruptedException {
        KubernetesClient client = api.client();
        try {
            List<Volume> lost = client.persistentVolumes().list().getItems().stream()
                    .map(Volume::new)
                    .filter(volume -> volume.isOurs() && volume.node().equals(Optional.of(node)))
                    .toList();
            for (Volume volume : lost) {
                // Kubernetes protects a bound volume by a finalizer, for the sake of data that is gone here.
                Resource<PersistentVolume> known = client.persistentVolumes().withName(volume.name());
                known.delete();
                if (known.get() != null) {
                    known.edit(it -> new PersistentVolumeBuilder(it)
                            .editMetadata()
                            .withFinalizers(List.of())
                            .endMetadata()
                            .build());
                }
            }
            return new Reading.Ready<>(lost.size());
        } catch (KubernetesClientException error) {
            return ApiWords.of(error);
        }
    }
}
