package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A claim for a volume that is to be made. The annotations are the contract between Kubernetes and whoever makes volumes. */
record Claim(PersistentVolumeClaim object) {

    private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    private static final String NODE = "volume.kubernetes.io/selected-node";
    private static final Set<String> MODES = Set.of("ReadWriteOnce", "ReadWriteOncePod");

    /** Whether it waits for one of our volumes. */
    boolean isOpen() {
        return DefaultClass.PROVISIONER.equals(annotation(PROVISIONER))
                && object.getMetadata().getDeletionTimestamp() == null
                && object.getSpec().getVolumeName() == null;
    }

    /** Why it can't have one, as the user is told; empty where it can. */
    Optional<String> refusal() {
        var spec = object.getSpec();
        if (!MODES.containsAll(spec.getAccessModes())) {
            return Optional.of(
                    "a folder on one node's disk is ReadWriteOnce or ReadWriteOncePod, not " + spec.getAccessModes());
        }
        if ("Block".equals(spec.getVolumeMode())) {
            return Optional.of("a folder is no block device: volumeMode: Filesystem");
        }
        if (spec.getSelector() != null || spec.getDataSource() != null || spec.getDataSourceRef() != null) {
            return Optional.of("a new folder is empty and has no labels: no selector, dataSource or dataSourceRef");
        }
        if (node().isEmpty()) {
            return Optional.of(
                    "a folder is made where the pod goes: a class with volumeBindingMode: WaitForFirstConsumer");
        }
        return Optional.empty();
    }

    /** The node that the scheduler chose for its pod; empty before that. */
    String node() {
        return annotation(NODE);
    }

    String namespace() {
        return object.getMetadata().getNamespace();
    }

    String name() {
        return object.getMetadata().getName();
    }

    /** The volume's name, the same at each try. */
    String volumeName() {
        return "pvc-" + object.getMetadata().getUid();
    }

    /** Its volume: a folder that can be used on its node alone, and is bound to this claim alone. */
    PersistentVolume volume(String reclaimPolicy) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(volumeName())
                .addToAnnotations(Volume.MADE_BY, DefaultClass.PROVISIONER)
                .endMetadata()
                .withNewSpec()
                .withCapacity(Map.of(
                        "storage", object.getSpec().getResources().getRequests().get("storage")))
                .withAccessModes(object.getSpec().getAccessModes())
                .withPersistentVolumeReclaimPolicy(reclaimPolicy)
                .withStorageClassName(object.getSpec().getStorageClassName())
                .withVolumeMode("Filesystem")
                .withClaimRef(new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(namespace())
                        .withName(name())
                        .withUid(object.getMetadata().getUid())
                        .build())
                .withNewLocal()
                .withPath(Volume.folder(volumeName()))
                .endLocal()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(Volume.HOSTNAME)
                .withOperator("In")
                .withValues(node())
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }

    private String annotation(String key) {
        Map<String, String> all = object.getMetadata().getAnnotations();
        return all == null ? "" : all.getOrDefault(key, "");
    }
}
