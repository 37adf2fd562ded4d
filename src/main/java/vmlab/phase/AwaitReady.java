package vmlab.phase;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.ClusterState;
import vmlab.kube.KubeApi;
import vmlab.kube.Readiness;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Waits until every node is Ready and stays so, with the API answering and the system pods running. */
final class AwaitReady implements Phase<ClusterUp, ClusterUp> {

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
        // One good look is enough at a cluster that this run found up.
        Duration hold = cluster.lab().fresh() ? Readiness.HOLD : Duration.ZERO;
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            ClusterState state = run.await(
                            "",
                            "a cluster that is Ready",
                            plan.cluster().timeouts().ready())
                    .every(Readiness.PACE)
                    .until(new Readiness(api, kubernetesNodes(plan), hold));
            run.result(state.toString());
        }
        return cluster;
    }

    private static Set<String> kubernetesNodes(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.spec().role().runsPods())
                .map(NodePlan::name)
                .collect(Collectors.toSet());
    }
}
