package vmlab.kube.storage;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import vmlab.run.LabFailure;

/** One look at all claims and volumes, and all that is to be done about them: one visit to each node, however much there is. */
final class Round {

    private final KubernetesClient client;
    private final NodeFolders folders;
    private final Complaints complaints;
    private final List<Claim> claims;
    private final List<Volume> volumes;

    /** Looks. */
    Round(KubernetesClient client, NodeFolders folders, Complaints complaints) {
        this.client = client;
        this.folders = folders;
        this.complaints = complaints;
        this.claims = client.persistentVolumeClaims().inAnyNamespace().list().getItems().stream()
                .map(Claim::new)
                .filter(Claim::isOpen)
                .toList();
        this.volumes = client.persistentVolumes().list().getItems().stream()
                .map(Volume::new)
                .toList();
    }

    /** Whether all is done that could be; where not, another round is due soon. */
    boolean run() throws InterruptedException {
        List<Claim> open = new ArrayList<>();
        for (Claim claim : claims) {
            Optional<String> refusal = claim.refusal();
            if (refusal.isPresent()) {
                complaints.make(claim, refusal.get());
            } else if (volumes.stream().noneMatch(volume -> volume.name().equals(claim.volumeName()))) {
                open.add(claim);
            }
        }
        Set<String> nodes = new TreeSet<>();
        open.forEach(claim -> nodes.add(claim.node()));
        List<Volume> gone = volumes.stream().filter(Volume::isToGo).toList();
        gone.forEach(volume -> volume.node().ifPresent(nodes::add));
        boolean isDone = true;
        for (String node : nodes) {
            isDone &= visit(
                    node,
                    open.stream().filter(claim -> claim.node().equals(node)).toList(),
                    gone.stream()
                            .filter(volume -> volume.node().equals(Optional.of(node)))
                            .toList());
        }
        return isDone;
    }

    private boolean visit(String node, List<Claim> wanted, List<Volume> gone) throws InterruptedException {
        try {
            folders.change(
                    node,
                    wanted.stream()
                            .map(claim -> Volume.folder(claim.volumeName()))
                            .toList(),
                    gone.stream().map(volume -> Volume.folder(volume.name())).toList());
            for (Claim claim : wanted) {
                client.resource(claim.volume(reclaimPolicy(claim))).create();
            }
            for (Volume volume : gone) {
                client.persistentVolumes().withName(volume.name()).delete();
            }
            return true;
        } catch (LabFailure away) {
            wanted.forEach(claim -> complaints.make(claim, away.what() + ": " + away.why()));
            return false;
        }
    }

    /** What the class of a claim says about the end of its volumes; {@code Delete} where the class is gone. */
    private String reclaimPolicy(Claim claim) {
        StorageClass known = client.storage()
                .v1()
                .storageClasses()
                .withName(claim.object().getSpec().getStorageClassName())
                .get();
        return known == null || known.getReclaimPolicy() == null ? "Delete" : known.getReclaimPolicy();
    }
}
