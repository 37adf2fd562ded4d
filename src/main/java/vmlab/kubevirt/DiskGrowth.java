package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import vmlab.run.LabFailure;

/** Whether the disk of a machine that is there can become larger: its storage class says so. */
record DiskGrowth(KubernetesClient client) {

    void require(Place machine) {
        ClusterErrors.call("look at the disk of " + machine.name(), () -> {
            Optional.ofNullable(client.persistentVolumeClaims()
                            .inNamespace(machine.namespace())
                            .withName(machine.with(DiskObjects.STATE))
                            .get())
                    .ifPresent(claim -> require(machine, claim));
            return null;
        });
    }

    private void require(Place machine, PersistentVolumeClaim claim) {
        String its = String.valueOf(claim.getSpec().getStorageClassName());
        boolean mayGrow = client.storage().v1().storageClasses().list().getItems().stream()
                .filter(each -> each.getMetadata().getName().equals(its))
                .map(StorageClass::getAllowVolumeExpansion)
                .anyMatch(Boolean.TRUE::equals);
        if (!mayGrow) {
            throw LabFailure.input(
                    "the disk of " + machine.name() + " can't become larger",
                    "storage class " + its + " does not say allowVolumeExpansion: true",
                    "undo the edit of disk:, or ask an administrator for it; a new lab gets the larger disk");
        }
    }
}
