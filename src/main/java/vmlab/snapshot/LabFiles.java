package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import vmlab.machine.LayeredDisk;
import vmlab.machine.SparseCopy;
import vmlab.plan.LabFolder;

/** The part of a lab's folder that a snapshot keeps: what the nodes have been told, and what is on their disks. */
record LabFiles(LabFolder folder, Collection<String> nodes) {

    /** Copies what is small into {@code to}; disks are {@link LayeredDisk#link linked}. */
    void save(Path to) throws IOException, InterruptedException {
        SparseCopy.into(to, present());
    }

    /** Lays it all back out of {@code from}: what is small as copies, disks linked with a new layer on each. */
    void lay(Path from) throws IOException, InterruptedException {
        List<Path> disks = disks(from);
        try (Stream<Path> kept = Files.list(from)) {
            SparseCopy.into(
                    folder.path(), kept.filter(file -> !disks.contains(file)).toList());
        }
        layDisks(from);
    }

    /** The same for disks alone. */
    void layDisks(Path from) throws IOException, InterruptedException {
        LayeredDisk.link(disks(from), folder.path());
        for (String node : nodes) {
            new LayeredDisk(folder.stateDisk(node)).cover();
        }
    }

    private List<Path> disks(Path from) {
        return nodes.stream()
                .map(node -> from.resolve(folder.stateDisk(node).getFileName()))
                .flatMap(raw -> new LayeredDisk(raw).files().stream())
                .toList();
    }

    void removeDisks() throws IOException {
        for (String node : nodes) {
            LayeredDisk disk = new LayeredDisk(folder.stateDisk(node));
            disk.removeLayers();
            Files.deleteIfExists(disk.raw());
        }
    }

    private List<Path> present() {
        Path key = folder.sshKey();
        List<Path> files = new ArrayList<>(List.of(
                key,
                key.resolveSibling(key.getFileName() + ".pub"),
                folder.knownHosts(),
                folder.pki(),
                folder.joinToken(),
                folder.controllerToken(),
                folder.ownKubeconfig(),
                folder.kubeconfig(),
                folder.spec(),
                folder.bootConfig(),
                folder.repository(),
                folder.tftp()));
        for (String node : nodes) {
            Path host = folder.hostKey(node);
            files.addAll(List.of(folder.configDisk(node), host, host.resolveSibling(host.getFileName() + ".pub")));
        }
        return files.stream().filter(Files::exists).toList();
    }
}
