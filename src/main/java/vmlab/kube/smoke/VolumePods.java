package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** What the check of volumes needs in the cluster: a claim, and one pod after the other that writes or reads one file and ends. */
final class VolumePods {

    static final String CLAIM = "kept";
    static final String WRITER = "writer";
    static final String READER = "reader";

    private static final String FILE = "/kept/proof";

    private VolumePods() {}

    static PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(CLAIM)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Mi")))
                .endResources()
                .endSpec()
                .build();
    }

    static Pod writer() {
        return pod(WRITER, "--new_file_0644=" + FILE);
    }

    static Pod reader() {
        return pod(READER, "--file_content=" + FILE);
    }

    private static Pod pod(String name, String what) {
        return new PodBuilder(Fixtures.pod(name, "mounttest", what))
                .editSpec()
                .addNewVolume()
                .withName(CLAIM)
                .withNewPersistentVolumeClaim()
                .withClaimName(CLAIM)
                .endPersistentVolumeClaim()
                .endVolume()
                .editFirstContainer()
                .addNewVolumeMount()
                .withName(CLAIM)
                .withMountPath("/kept")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }
}
