package vmlab.ready;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.AfterBoot;
import vmlab.kube.ClusterState;
import vmlab.kube.FirstLook;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.kube.NodeRoll;
import vmlab.kube.Readiness;
import vmlab.make.Bootable;
import vmlab.observe.BootWatch;
import vmlab.observe.WorkerWatch;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.power.BootIds;
import vmlab.power.NodeReboot;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.Waiter;
import vmlab.site.NodeLogin;
import vmlab.site.Site;
import vmlab.spec.Role;

/** Waits until every node is Ready and stays so, with the API answering and the system pods running. */
public final class AwaitReady implements Phase<ClusterUp, ClusterUp> {

    private final Site site;

    /** The phase on {@code site}. */
    public AwaitReady(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.READY.toString();
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
        if (cluster.lab().lab().actions().isEmpty() && FirstLook.isReady(ownAccess(plan), nodes)) {
            run.result("unchanged");
            return cluster;
        }
        new ControllersAnswer(site, cluster.lab().lab()).await(run);
        try (KubeApi api = KubeApi.of(cluster.direct());
                WorkerWatch watch = watch(cluster, api, nodes, run)) {
            ClusterState state = run.await(
                            "",
                            "the cluster to be Ready",
                            cluster.lab().lab().limits(site).ready())
                    .every(Readiness.PACE)
                    .until(sinceThisBoot(cluster, api, watch, run));
            run.result(state.toString());
        }
        return cluster;
    }

    /** Nothing is awaited of a cluster with a node that can't come up any more. */
    private Waiter.Probe<ClusterState> unlessDead(Plan plan, Waiter.Probe<ClusterState> readiness) {
        List<BootWatch> watches = plan.nodes().stream()
                .map(node -> new BootWatch(site, site.folder(plan.lab()), node))
                .toList();
        return () -> {
            for (BootWatch watch : watches) {
                Optional<Reading.Never<ClusterState>> dead = watch.deadOrLooping();
                if (dead.isPresent()) {
                    return dead.get();
                }
            }
            return readiness.read();
        };
    }

    private WorkerWatch watch(ClusterUp cluster, KubeApi api, Set<String> nodes, Run run) {
        Bootable lab = cluster.lab().lab();
        List<NodeLogin> machines = NodeLogin.of(site, lab.plan().lab(), Optional.empty());
        Set<String> workers = lab.plan().nodes().stream()
                .filter(node -> node.spec().role() == Role.WORKER)
                .map(NodePlan::name)
                .collect(Collectors.toSet());
        return new WorkerWatch(
                unlessDead(lab.plan(), new Readiness(api, nodes, Readiness.HOLD, run.clock(), run::emit)),
                () -> new NodeRoll(api).missing(workers),
                machines.stream().filter(it -> workers.contains(it.node())).toList(),
                run.clock());
    }

    /** In a lab that stood before, what the API says is at first from before its nodes were switched on again. */
    private Waiter.Probe<ClusterState> sinceThisBoot(
            ClusterUp cluster, KubeApi api, Waiter.Probe<ClusterState> readiness, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        if (lab.found().domains().isEmpty()) {
            return readiness;
        }
        List<NodeLogin> machines = NodeLogin.of(site, lab.plan().lab(), Optional.empty());
        return new AfterBoot(
                api, BootIds.of(machines, new NodeReboot(site, lab.plan().lab(), run)), readiness);
    }

    private Kubeconfig ownAccess(Plan plan) {
        return site.access(plan.lab());
    }

    /** Those that the API server shows: where a kubelet runs. */
    public static Set<String> kubernetesNodes(Plan plan) {
        return plan.nodes().stream()
                .filter(node -> node.spec().role().runsPods())
                .map(NodePlan::name)
                .collect(Collectors.toSet());
    }
}
