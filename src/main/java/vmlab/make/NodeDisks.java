package vmlab.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import vmlab.kube.Standing;
import vmlab.machine.Ext4;
import vmlab.machine.LayeredDisk;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Environment;
import vmlab.run.Program;
import vmlab.site.FolderTree;
import vmlab.site.Site;
import vmlab.spec.Bytes;
import vmlab.ssh.KeyFiles;

/**
 * The two disks of a node: who it is, and what it keeps.
 *
 * @param ofEngine whether the engine makes both: from {@link #configTar}, and an empty one
 */
public record NodeDisks(Bootable lab, NodePlan node, LabFolder folder, boolean ofEngine) {

    private static final Bytes CONFIG_DISK = Bytes.mib(8);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Those of {@code node} on {@code site}. */
    public static NodeDisks of(Site site, Bootable lab, NodePlan node) {
        return new NodeDisks(
                lab, node, site.folder(lab.plan().lab()), site.engine().keepsDisks());
    }

    /**
     * Makes both. A state disk that is there already, for the command that made it was killed or its machine was lost, is never made again:
     * it keeps what it holds, and gets the size that it should have.
     */
    public void make() throws InterruptedException {
        if (ofEngine) {
            hostKey();
            return;
        }
        layConfig(K0sFiles.standing(lab.plan(), node, lab.found()));
        Path state = folder.stateDisk(node.name());
        if (Files.exists(state)) {
            grow();
        } else {
            Ext4.make(state, node.spec().disk(), "state", Optional.empty());
        }
    }

    /** A file system is made larger in one file, which is nobody else's. */
    private void grow() throws InterruptedException {
        Path state = folder.stateDisk(node.name());
        if (!Ext4.fills(state, node.spec().disk())) {
            new LayeredDisk(state).flatten();
            Ext4.grow(state, node.spec().disk());
        }
    }

    /** Makes the config disk anew, with the host key that the node has, and gives the state disk the size that it should have. */
    public void renew() throws InterruptedException {
        if (ofEngine) {
            return;
        }
        // It has its place in the cluster already: the one that it was given when nothing was there.
        layConfig(K0sFiles.standing(lab.plan(), node, Inventory.EMPTY));
        grow();
    }

    /** What lies on the config disk as a tar, for an engine that makes the disk itself. */
    public byte[] configTar() throws InterruptedException {
        Path tar = folder.path().resolve(node.name() + ".config.tar");
        try {
            boolean isNew = lab.found().domain(node.name()).isEmpty();
            layConfig(
                    K0sFiles.standing(lab.plan(), node, isNew ? lab.found() : Inventory.EMPTY),
                    contents -> pack(contents, tar));
            return Files.readAllBytes(tar);
        } catch (IOException error) {
            throw new UncheckedIOException("the configuration of " + node.name() + " could not be read", error);
        } finally {
            FolderTree.delete(tar);
        }
    }

    private static void pack(Path contents, Path tar) throws IOException, InterruptedException {
        Program.Said said = new Program(
                        Environment.process(
                                "tar",
                                "-c",
                                "-C",
                                contents.toString(),
                                "--owner=0",
                                "--group=0",
                                "-f",
                                tar.toString(),
                                "."),
                        LIMIT)
                .run();
        if (!said.isWell()) {
            throw new IOException("tar: " + said.text());
        }
    }

    private void layConfig(Standing standing) throws InterruptedException {
        layConfig(
                standing,
                contents -> Ext4.make(folder.configDisk(node.name()), CONFIG_DISK, "config", Optional.of(contents)));
    }

    private void hostKey() {
        KeyFiles.readOrMake(folder.hostKey(node.name()), node.name());
    }

    /** Makes something of a folder. */
    private interface Maker {
        void make(Path contents) throws IOException, InterruptedException;
    }

    private void layConfig(Standing standing, Maker disk) throws InterruptedException {
        hostKey();
        Path contents = folder.path().resolve(node.name() + ".config");
        try {
            FolderTree.delete(contents);
            new ConfigDisk(lab.plan(), node, standing, folder).lay(contents);
            disk.make(contents);
        } catch (IOException error) {
            throw new UncheckedIOException("the config disk of " + node.name() + " could not be laid out", error);
        } finally {
            FolderTree.delete(contents);
        }
    }

    /** Lets ssh know the nodes of {@code plan} that have a host key. */
    public static void writeKnownHosts(Plan plan, LabFolder folder) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (NodePlan node : plan.nodes()) {
            Path key = folder.hostKey(node.name());
            if (Files.exists(key)) {
                keys.put(node.address().getHostAddress(), KeyFiles.read(key).publicKey());
            }
        }
        KeyFiles.writeKnownHosts(folder.knownHosts(), keys);
    }

    /** Removes everything that the lab's folder has of a node. */
    public static void remove(LabFolder folder, String node) {
        new LayeredDisk(folder.stateDisk(node)).removeLayers();
        try {
            for (Path file : folder.ofNode(node)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the disks of " + node + " could not be removed", error);
        }
    }
}
