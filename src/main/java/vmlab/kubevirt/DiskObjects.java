package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import vmlab.engine.MachineRequest;

/** A node's disks: a claim for what it keeps, made once, and a secret with its configuration, which KubeVirt makes an ISO of. */
final class DiskObjects {

    static final String STATE = "state";
    static final String CONFIG = "config";

    private static final String STORAGE = "storage";

    /** What the configuration is in: the ISO has neither modes nor owners. */
    static final String TAR = "config.tar";

    private DiskObjects() {}

    /** The claim; KubeVirt puts a sparse file as large as it on the volume, empty at first. */
    static PersistentVolumeClaim state(MachineRequest machine, Settings settings) {
        Place place = Place.ofMachine(machine.node().domain(), settings);
        return new PersistentVolumeClaimBuilder()
                .withMetadata(Signs.on(machine.mark(), place.namespace(), place.with(STATE))
                        .build())
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Filesystem")
                .withStorageClassName(settings.storageClass().orElse(null))
                .withNewResources()
                .addToRequests(
                        STORAGE,
                        new Quantity(Long.toString(machine.node().spec().disk().value())))
                .endResources()
                .endSpec()
                .build();
    }

    /** As large as a claim asks to be. */
    static Quantity size(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().get(STORAGE);
    }

    static PersistentVolumeClaim withSize(PersistentVolumeClaim claim, Quantity size) {
        return new PersistentVolumeClaimBuilder(claim)
                .editSpec()
                .editResources()
                .addToRequests(STORAGE, size)
                .endResources()
                .endSpec()
                .build();
    }

    /** The secret; {@code tar} is what the node unpacks over its root, at most a MiB. */
    static Secret config(MachineRequest machine, byte[] tar, Settings settings) {
        Place place = Place.ofMachine(machine.node().domain(), settings);
        return new SecretBuilder()
                .withMetadata(Signs.on(machine.mark(), place.namespace(), place.with(CONFIG))
                        .build())
                .withData(Map.of(TAR, Base64.getEncoder().encodeToString(tar)))
                .build();
    }
}
