package vmlab.phase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import vmlab.host.Ext4;
import vmlab.kube.ClusterKeys;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.Run;
import vmlab.spec.Bytes;
import vmlab.ssh.KeyFiles;

/**
 * Makes everything that a node must know before it boots for the first time: keys, certificates, addresses, k0s's configuration. They lie
 * on a small disk of the node's own, so that nothing is pushed into it later.
 */
final class PrepareNodes implements Phase<Bootable, Bootable> {

    private static final Bytes CONFIG_DISK = Bytes.mib(8);

    private final Site site;
    private final EarlyKeys keys;

    PrepareNodes(Site site, EarlyKeys keys) {
        this.site = site;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public String doing() {
        return "make keys, certificates and disks";
    }

    @Override
    public Bootable run(Bootable lab, Run run) throws InterruptedException {
        Plan plan = lab.plan();
        LabFolder folder = site.folder(plan.lab());
        refuseEdits(lab);
        if (lab.found().domains().size() == plan.nodes().size()) {
            run.result("unchanged");
            return lab;
        }
        if (lab.found().isEmpty()) {
            // What libvirt knows nothing of is left from a host that went away, or evidence of the last try; this try's
            // events stay.
            FolderTree.delete(folder.path(), folder.events());
        }
        FolderTree.createPrivate(folder.path());
        KeyFiles.readOrMake(folder.sshKey(), "lab " + plan.lab());
        if (!ClusterKeys.exist(folder.pki())) {
            keys.get().write(folder.pki());
            keys.get().adminKubeconfig(plan.lab(), Port.apiUrl(plan.api())).write(folder.ownKubeconfig());
        }
        for (NodePlan node : plan.nodes()) {
            if (lab.found().domain(node.name()).isEmpty()) {
                makeDisks(lab, node, folder);
            }
        }
        KeyFiles.writeKnownHosts(folder.knownHosts(), hostKeys(plan, folder));
        run.result(plan.nodes().size() == 1 ? "1 node" : plan.nodes().size() + " nodes");
        return lab;
    }

    private static Map<String, PublicKey> hostKeys(Plan plan, LabFolder folder) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (NodePlan node : plan.nodes()) {
            keys.put(
                    node.address().getHostAddress(),
                    KeyFiles.read(folder.hostKey(node.name())).publicKey());
        }
        return keys;
    }

    private static void refuseEdits(Bootable lab) {
        for (NodePlan node : lab.plan().nodes()) {
            lab.found()
                    .domain(node.name())
                    .filter(domain ->
                            !domain.mark().hash().equals(lab.mark(node).hash()))
                    .ifPresent(domain -> {
                        throw CheckHost.edited(
                                lab.plan().lab(), "node " + node.name() + " or its image or k0s configuration changed");
                    });
        }
    }

    private static void makeDisks(Bootable lab, NodePlan node, LabFolder folder) throws InterruptedException {
        KeyFiles.readOrMake(folder.hostKey(node.name()), node.name());
        Path contents = folder.path().resolve(node.name() + ".config");
        try {
            new ConfigDisk(lab.plan(), node, K0sFiles.standing(lab.plan(), node, lab.found()), folder).lay(contents);
            Ext4.make(folder.configDisk(node.name()), CONFIG_DISK, "config", Optional.of(contents));
            Ext4.make(folder.stateDisk(node.name()), node.spec().disk(), "state", Optional.empty());
        } catch (IOException error) {
            throw new UncheckedIOException("the config disk of " + node.name() + " could not be laid out", error);
        } finally {
            FolderTree.delete(contents);
        }
    }
}
