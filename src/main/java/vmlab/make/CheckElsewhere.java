package vmlab.make;

import java.util.ArrayList;
import java.util.List;
import vmlab.run.LabFailure;
import vmlab.spec.BootMode;
import vmlab.spec.Cluster;
import vmlab.spec.KubevirtCluster;
import vmlab.spec.Node;
import vmlab.spec.Provision;
import vmlab.spec.Rootfs;

/** Refuses what cluster.yaml asks for and only machines of this machine's can have, all of it at once. */
final class CheckElsewhere {

    private CheckElsewhere() {}

    /** {@code uri}: where it is to be. */
    static void refuse(Cluster cluster, String uri) {
        List<String> all = new ArrayList<>();
        if (cluster.rootfs() == Rootfs.SHARED) {
            all.add("rootfs: shared: nodes read it from a disk of this machine's");
        }
        cluster.nodes().stream()
                .filter(node -> node.boot() == BootMode.DIRECT)
                .map(Node::name)
                .forEach(name -> all.add(name + ": boot: direct: it takes kernel and initrd from this machine's disk"));
        if (cluster.provision().filter(Provision::isLocal).isPresent()) {
            all.add("provision: a folder of this machine's: nodes can't reach it; a repository that is served can be");
        }
        if (!cluster.podImages().isEmpty()) {
            all.add("images: they are in this machine's store; push them to a registry that nodes reach");
        }
        if (KubevirtCluster.parse(uri).flatMap(it -> it.setting("gateway")).isEmpty()) {
            all.add(
                    "engine.kubevirt.gateway is missing: where lab may push the gateway's image, and the cluster pulls it from");
        }
        if (!all.isEmpty()) {
            throw LabFailure.input(
                    "lab " + cluster.name() + " can't be had in a cluster",
                    String.join("\n", all),
                    "change that (docs/kubevirt.md), or bring it up on this machine");
        }
    }
}
