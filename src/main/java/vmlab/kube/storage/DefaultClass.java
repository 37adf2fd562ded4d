package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/** The StorageClass of a claim that names none. Volumes are made where the pod goes, for they can't follow it. */
final class DefaultClass {

    static final String NAME = "local";

    /** Who makes the volumes, as Kubernetes calls it. */
    static final String PROVISIONER = "lab/state-disk";

    private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private DefaultClass() {}

    /** Sees that it is there. What a user made of it since stays. */
    static void offer(KubernetesClient client) {
        try {
            client.resource(wanted()).create();
        } catch (KubernetesClientException error) {
            if (error.getCode() != 409) {
                throw error;
            }
        }
    }

    /** Takes it away again; volumes stay. A class of that name that is somebody else's does, too. */
    static void withdraw(KubernetesClient client) {
        Resource<StorageClass> known = client.storage().v1().storageClasses().withName(NAME);
        StorageClass found = known.get();
        if (found != null && PROVISIONER.equals(found.getProvisioner())) {
            known.delete();
        }
    }

    private static StorageClass wanted() {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToAnnotations(IS_DEFAULT, "true")
                .endMetadata()
                .withProvisioner(PROVISIONER)
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build();
    }
}
