package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import vmlab.engine.Machines;
import vmlab.kube.Kubeconfig;
import vmlab.kube.RestoredLook;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.MilestoneName;
import vmlab.run.Pace;
import vmlab.run.Run;
import vmlab.site.Site;

/** Lets a lab go on from a snapshot: its files first, then its machines, which are defined and off. */
record GoOn(Site site, LabFolder folder, Snapshot snapshot) {

    /** How long one waits for each node, on a machine of the usual speed. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration PACE = Duration.ofMillis(100);

    /** Lays the files of these nodes. */
    void lay(Collection<String> nodes) throws IOException, InterruptedException {
        new LabFiles(folder, nodes).lay(snapshot.files());
        linkMemory(nodes);
    }

    /** Exchanges these nodes' disks, whose machines are off, for those of the snapshot; all other files stay as they are. */
    void exchangeDisks(Collection<String> nodes) throws IOException, InterruptedException {
        LabFiles files = new LabFiles(folder, nodes);
        files.removeDisks();
        files.layDisks(snapshot.files());
        linkMemory(nodes);
    }

    private void linkMemory(Collection<String> nodes) throws IOException {
        for (String node : nodes) {
            Path memory = folder.memory(node);
            Files.deleteIfExists(memory);
            // A link of the lab's own: the snapshot may go while the machine still reads it.
            Files.createLink(memory, snapshot.memory(node));
        }
    }

    /** Switches machines, by their nodes, on where they stood, all at one instant. */
    void run(Map<String, String> domains) throws IOException, InterruptedException {
        Machines machines = site.engine().machines();
        Together.all(domains.entrySet().stream()
                .map(node -> (Callable<String>) () -> {
                    machines.startFrom(node.getValue(), folder.memory(node.getKey()), snapshot.state(node.getKey()));
                    return node.getKey();
                })
                .toList());
        domains.values().forEach(machines::resume);
    }

    /**
     * Waits until each of {@code nodes} has shown that it lives, and tells of each.
     *
     * @param leases when each was last heard of before; a node that runs no pods has none, and lives where the API answers
     */
    void await(Collection<String> nodes, Map<String, String> leases, Pace pace, Run run)
            throws IOException, InterruptedException {
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        run.await("", "the cluster", pace.of(LIMIT.multipliedBy(nodes.size())))
                .every(PACE)
                .until(
                        new RestoredLook(access, leases, node -> tell(node, "its kubelet renewed its lease", run))
                                ::read);
        nodes.stream().filter(node -> !leases.containsKey(node)).forEach(node -> tell(node, "its API answers", run));
    }

    private static void tell(String node, String why, Run run) {
        run.emit(new Event.Milestone(Instant.now(), node, MilestoneName.READY.toString(), why));
    }
}
