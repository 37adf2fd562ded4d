package vmlab.make;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import vmlab.kube.ClusterKeys;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.Port;
import vmlab.site.Site;
import vmlab.spec.Credentials;
import vmlab.ssh.KeyFiles;

/**
 * Makes everything that a node must know before it boots for the first time: keys, certificates, addresses, k0s's configuration. They lie
 * on a small disk of the node's own, so that nothing is pushed into it later.
 */
public final class PrepareNodes implements Phase<Bootable, Bootable> {

    private final Site site;
    private final EarlyKeys keys;

    /** The phase on {@code site}, with the keys that a new cluster gets. */
    public PrepareNodes(Site site, EarlyKeys keys) {
        this.site = site;
        this.keys = keys;
    }

    @Override
    public String name() {
        return PhaseName.NODES.toString();
    }

    @Override
    public String doing() {
        return "make keys, certificates and disks";
    }

    @Override
    public Bootable run(Bootable lab, Run run) throws InterruptedException {
        Plan plan = lab.plan();
        LabFolder folder = site.folder(plan.lab());
        List<NodePlan> missing = missing(lab);
        if (!lab.begins()) {
            makeAccess(plan, folder);
            new RenewAccess(folder, Clock.systemUTC()).renew(run);
        }
        if (missing.isEmpty() && !lab.begins()) {
            keepSpec(plan, folder);
            run.result("unchanged");
            return lab;
        }
        if (lab.found().isEmpty()) {
            // What libvirt knows nothing of is left from a host that went away, or evidence of the last try; this try's
            // events stay.
            FolderTree.delete(folder.path(), folder.events(), folder.identity());
        }
        FolderTree.createPrivate(folder.path());
        keepSpec(plan, folder);
        KeyFiles.readOrMake(folder.sshKey(), "lab " + plan.lab());
        if (lab.begins() && !ClusterKeys.exist(folder.pki())) {
            FolderTree.delete(folder.pki());
            keys.get().write(folder.pki());
        }
        makeAccess(plan, folder);
        for (NodePlan node : missing) {
            NodeDisks.of(site, lab, node).make();
        }
        NodeDisks.writeKnownHosts(plan, folder);
        run.result(missing.size() == 1 ? "1 node" : missing.size() + " nodes");
        return lab;
    }

    /** Access for lab itself, unless it is there: whoever made the keys may have been killed before this. */
    private static void makeAccess(Plan plan, LabFolder folder) {
        if (!Files.exists(folder.ownKubeconfig())) {
            ClusterKeys.read(folder.pki())
                    .adminKubeconfig(plan.lab(), Port.apiUrl(plan.api()))
                    .write(folder.ownKubeconfig());
        }
    }

    /**
     * For whoever looks into it later, {@code lab bundle} first: the file may have been edited since, or lie on another machine. Nobody
     * needs a repository's credentials for that.
     */
    public static void keepSpec(Plan plan, LabFolder folder) {
        try {
            String shown = Credentials.hiddenIn(Files.readString(plan.cluster().file()));
            AtomicFile.write(folder.spec(), shown, Readers.OWNER);
        } catch (IOException gone) {
            // Read a second ago, and not needed to go on.
        }
    }

    /** Those of the beginning; what joins a cluster that runs gets its disks when it does. */
    private static List<NodePlan> missing(Bootable lab) {
        return lab.actions().stream()
                .filter(action -> action instanceof Action.AddNode added && !added.joins())
                .map(action -> lab.plan().node(action.node()))
                .toList();
    }
}
