package vmlab.make;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import vmlab.boot.BootConfig;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.spec.Cluster;
import vmlab.spec.Forwarding;
import vmlab.spec.PodImages;
import vmlab.spec.Storage;

/** What cluster.yaml has otherwise than the service that stands beside a lab's nodes was told last. */
public final class ServiceEdits {

    private ServiceEdits() {}

    /** None where the lab is not there yet, but for ports that will lead to it. */
    public static List<Action> of(Cluster cluster, LabFolder folder) {
        List<Action> edits = new ArrayList<>();
        List<String> ports = cluster.ports().stream().map(Forwarding::toString).toList();
        if (Files.exists(folder.bootConfig())) {
            BootConfig served = BootConfig.read(folder.bootConfig());
            if (!served.ports().equals(ports)) {
                edits.add(new Action.ChangeService("ports " + words(served.ports()) + " → " + words(ports)));
            }
            Storage was = served.storage() ? Storage.LOCAL : Storage.NONE;
            if (was != cluster.storage()) {
                edits.add(new Action.ChangeService("storage " + was + " → " + cluster.storage()));
            }
            if (served.pulls() != ServeBoot.pulls(cluster)) {
                PodImages.Pull before = served.pulls() ? PodImages.Pull.MISSING : PodImages.Pull.NEVER;
                edits.add(new Action.ChangeService(
                        "pull " + before + " → " + cluster.podImages().pull()));
            }
        } else if (!ports.isEmpty()) {
            edits.add(new Action.ForwardPorts(ports));
        }
        return List.copyOf(edits);
    }

    private static String words(List<String> ports) {
        return ports.isEmpty() ? "none" : String.join(", ", ports);
    }
}
