package vmlab.phase;

import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.ClusterState;
import vmlab.kube.FirstLook;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.kube.Readiness;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Waits until every node is Ready and stays so, with the API answering and the system pods running. */
final class AwaitReady implements Phase<ClusterUp, ClusterUp> {

    private final Site site;

    AwaitReady(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public String doing() {
        return "wait until the cluster is Ready and stays so";
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Plan plan = cluster.lab().lab().plan();
        Set<String> nodes = kubernetesNodes(plan);
        // At a cluster that this run found up, one good look is enough.
        if (!cluster.lab().fresh() && FirstLook.isReady(ownAccess(plan), nodes)) {
            run.result("unchanged");
            return cluster;
        }
        new ControllersAnswer(site, plan).await(run);
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            ClusterState state = run.await(
                            "",
                            "a cluster that is Ready",
                            plan.cluster().timeouts().ready())
                    .every(Readiness.PACE)
                    .until(new Readiness(api, nodes, Readiness.HOLD, run::emit));
            run.result(state.toString());
        }
        return cluster;
    }

    private Kubeconfig ownAccess(Plan plan) {
        return Kubeconfig.read(site.folder(plan.lab()).ownKubeconfig());
    }

    private static Set<String> kubernetesNodes(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.spec().role().runsPods())
                .map(NodePlan::name)
                .collect(Collectors.toSet());
    }
}
