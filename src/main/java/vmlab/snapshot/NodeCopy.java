package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vmlab.engine.Machines;
import vmlab.machine.LayeredDisk;
import vmlab.machine.SparseCopy;

/**
 * One node's share of a snapshot.
 *
 * @param disk the files that its disk consisted of when it stood still
 * @param layer what it writes to from then on; made while it runs
 */
record NodeCopy(String node, String domain, List<Path> disk, Path layer) {

    static NodeCopy begin(String node, String domain, LayeredDisk disk) throws InterruptedException {
        List<Path> below = disk.files();
        return new NodeCopy(node, domain, below, disk.cover());
    }

    /** Once it stands still. */
    void save(Machines machines, Snapshot into) throws InterruptedException {
        // QEMU lets go of the disk when it has written the state.
        machines.cover(domain, layer);
        machines.save(domain, into.memory(node), into.state(node));
    }

    /** Moves what was saved from one folder to another. */
    void move(Snapshot from, Snapshot to) throws IOException, InterruptedException {
        boolean isOneFile = Files.isSameFile(from.memory(node), from.state(node));
        SparseCopy.of(from.memory(node), to.memory(node));
        if (isOneFile) {
            Files.createLink(to.state(node), to.memory(node));
        } else {
            SparseCopy.of(from.state(node), to.state(node));
        }
        Files.delete(from.memory(node));
        Files.delete(from.state(node));
    }
}
