package vmlab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a cluster.yaml may say and most likely does not mean, or what it means for its user. */
final class Warnings {

    private static final long MIB = 1L << 20;

    private Warnings() {}

    static List<String> of(Cluster cluster) {
        List<String> all = new ArrayList<>();
        controllers(cluster, all);
        cluster.nodes().forEach(node -> {
            size(node.name(), "memory", node.memory(), all);
            size(node.name(), "disk", node.disk(), all);
        });
        plugIn(cluster.k0sConfig(), all);
        if (cluster.network().mode() == Network.Mode.ISOLATED
                && cluster.provision().filter(it -> !it.isLocal()).isPresent()) {
            all.add("nodes can't reach provision.git: it is elsewhere, and network.mode is isolated");
        }
        return List.copyOf(all);
    }

    private static void controllers(Cluster cluster, List<String> all) {
        long controllers = cluster.nodes().stream()
                .filter(node -> node.role().isController())
                .count();
        if (controllers % 2 == 0) {
            all.add(controllers + " controllers survive no more failures than " + (controllers - 1)
                    + ": etcd needs more than half of them; an odd number is better");
        }
    }

    /** Only units of thousands make less than whole MiB. */
    private static void size(String node, String what, Bytes size, List<String> all) {
        if (size.value() % MIB != 0) {
            all.add("the " + what + " of " + node + " is " + size
                    + ": MB, GB and TB count in thousands, MiB, GiB and TiB" + " in 1024s");
        }
    }

    /** Nodes are Ready once they have a network; what runs it must be in the image, or be installed by somebody. */
    private static void plugIn(Map<String, Object> k0s, List<String> all) {
        Object provider = k0s.get("network") instanceof Map<?, ?> network ? network.get("provider") : null;
        if ("custom".equals(provider)) {
            all.add(
                    "network provider custom: no node is Ready until somebody installs a CNI plug-in; up waits for that as"
                            + " long as timeouts.ready says");
        } else if ("calico".equals(provider)) {
            all.add(
                    "network provider calico: nodes pull no images unless k0s.config.images.default_pull_policy lets them, so"
                            + " calico's must be in the recipe (k0s.images); without them no node is Ready");
        }
    }
}
