package vmlab.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vmlab.engine.Engine;
import vmlab.engine.Requirement;
import vmlab.engine.Watch;
import vmlab.kubevirt.Clients;
import vmlab.kubevirt.ClusterCheck;
import vmlab.kubevirt.ClusterWatch;
import vmlab.kubevirt.KubevirtEngine;
import vmlab.kubevirt.Rights;
import vmlab.kubevirt.Settings;
import vmlab.libvirt.Hypervisor;
import vmlab.libvirt.LabWatch;
import vmlab.plan.LabFolder;
import vmlab.run.Events;
import vmlab.spec.KubevirtCluster;

/** Which engine carries a lab: nothing else knows that it is libvirt, or KubeVirt. */
final class Engines {

    private Engines() {}

    /** Connects to {@code uri}; {@code embedded}: it is in the embedded host. */
    static Engine connect(String uri, boolean embedded) {
        return Hypervisor.connect(uri, embedded);
    }

    /** Connects to a cluster, whose gateways get their images from {@code cache}. */
    static Engine connect(KubevirtCluster cluster, Path cache, Path installation) {
        String repository = cluster.setting("gateway").orElse("");
        return KubevirtEngine.connect(
                cluster, new GatewayPublisher(cache, installation, repository, System.getenv())::publish);
    }

    /** Begins to watch the lab of {@code folder} at {@code uri}, over connections of its own. */
    static Optional<Watch> watch(String uri, LabFolder folder, Map<String, String> nodesByMac, Events events) {
        return KubevirtCluster.parse(uri)
                .map(cluster -> ClusterWatch.begin(cluster, folder, nodesByMac.values(), events))
                .orElseGet(() -> LabWatch.begin(uri, folder.lab(), nodesByMac, events));
    }

    /** What labs need of a cluster with KubeVirt. */
    static List<Requirement> examineCluster(Optional<String> context, Optional<String> storageClass) {
        Settings settings = Settings.USUAL.with(storageClass);
        try (KubernetesClient client = Clients.of(context)) {
            return new ClusterCheck(client, settings).run();
        }
    }

    /** The rights that they need there, as YAML. */
    static String clusterRole() {
        return Rights.role();
    }
}
