package vmlab.kubevirt;

import java.util.Map;
import java.util.Optional;
import vmlab.spec.KubevirtCluster;

/**
 * What a cluster with KubeVirt is told besides what cluster.yaml says of the lab.
 *
 * @param prefix what the namespaces of labs begin with
 * @param storageClass of the nodes' disks; empty: the cluster's default
 * @param network a NetworkAttachmentDefinition, {@code namespace/name}, that spans the cluster's nodes and has neither addresses nor a DHCP
 *     server; empty: each lab gets a bridge, which is one node's, and so all its machines run there
 * @param nodeSelector labels of the nodes that may carry machines
 */
public record Settings(
        String prefix, Optional<String> storageClass, Optional<String> network, Map<String, String> nodeSelector) {

    /** What stands when nothing is said. */
    public static final Settings USUAL = new Settings("lab-", Optional.empty(), Optional.empty(), Map.of());

    /** Copies its map. */
    public Settings {
        nodeSelector = Map.copyOf(nodeSelector);
    }

    /** As {@code cluster} has them. */
    public static Settings of(KubevirtCluster cluster) {
        return new Settings(
                cluster.setting("prefix").orElse(USUAL.prefix),
                cluster.setting("storageClass"),
                cluster.setting("network"),
                cluster.nodeSelector());
    }

    /** The same with another storage class. */
    public Settings with(Optional<String> other) {
        return new Settings(prefix, other, network, nodeSelector);
    }
}
