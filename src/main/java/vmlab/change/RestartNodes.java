package vmlab.change;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.kube.KubeApi;
import vmlab.kube.Readiness;
import vmlab.make.Bootable;
import vmlab.make.NodeDisks;
import vmlab.make.NodeMachine;
import vmlab.make.ServeBoot;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.AwaitReady;
import vmlab.ready.ClusterUp;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;

/** Restarts the nodes whose memory, processors, image or configuration changed: one by one, each into a cluster that is Ready. */
public final class RestartNodes implements Phase<ClusterUp, ClusterUp> {

    private final Site site;

    /** The phase on {@code site}. */
    public RestartNodes(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.RESTART.toString();
    }

    @Override
    public String doing() {
        return "restart the nodes that changed, one by one";
    }

    /** Whether any node has to be restarted. */
    public static boolean isNeeded(ClusterUp cluster) {
        return nodes(cluster).findAny().isPresent();
    }

    private static Stream<NodePlan> nodes(ClusterUp cluster) {
        Bootable lab = cluster.lab().lab();
        return lab.actions().stream()
                .filter(Action.RestartNode.class::isInstance)
                .map(action -> lab.plan().node(action.node()));
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        LabFolder folder = site.folder(lab.plan().lab());
        List<NodePlan> nodes = nodes(cluster).toList();
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            Reboot reboot = new Reboot(site, folder, api, lab, run);
            for (NodePlan node : nodes) {
                try {
                    restart(lab, node, reboot, run);
                } catch (InterruptedException | UncheckedIOException stop) {
                    reboot.bringBack(node, Optional.empty());
                    throw stop;
                }
                awaitAll(site, lab, api, run);
                run.note(node.name() + " is back");
            }
        }
        run.result(nodes.stream().map(NodePlan::name).collect(Collectors.joining(", ")));
        return cluster;
    }

    private void restart(Bootable lab, NodePlan node, Reboot reboot, Run run) throws InterruptedException {
        Optional<String> before = node.spec().role().runsPods() ? reboot.drain(node.name()) : Optional.empty();
        reboot.shutDown(node);
        NodeDisks.of(site, lab, node).renew();
        new NodeMachine(site, lab, node).define();
        new ServeBoot(site).serveWhatNodesBoot(lab, run);
        reboot.start(node, before);
    }

    /** Waits until all of the cluster is Ready and stays so. */
    static void awaitAll(Site site, Bootable lab, KubeApi api, Run run) throws InterruptedException {
        run.await("", "the cluster to be Ready", lab.limits(site).ready())
                .every(Readiness.PACE)
                .until(new Readiness(api, AwaitReady.kubernetesNodes(lab.plan()), Readiness.HOLD, run.clock()));
    }
}
