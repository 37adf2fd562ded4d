package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import vmlab.engine.Machines;
import vmlab.kube.Kubeconfig;
import vmlab.kube.RestoredLook;
import vmlab.plan.LabFolder;
import vmlab.run.Run;
import vmlab.site.Site;

/** Lets a lab go on from a snapshot: its files first, then its machines, which are defined and off. */
record GoOn(Site site, LabFolder folder, Snapshot snapshot) {

    /** How long one waits for it, on a machine of the usual speed. */
    static final Duration LIMIT = Duration.ofSeconds(60);

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

    /** Waits until each node has shown that it lives; {@code leases}: when each was last heard of before. */
    void await(Map<String, String> leases, Duration limit, Run run) throws IOException, InterruptedException {
        Kubeconfig access = Kubeconfig.read(folder.ownKubeconfig());
        run.await("", "the cluster", limit).every(PACE).until(new RestoredLook(access, leases)::read);
    }
}
