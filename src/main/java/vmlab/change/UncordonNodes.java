package vmlab.change;

import vmlab.kube.KubeApi;
import vmlab.plan.LabFolder;
import vmlab.power.Cordons;
import vmlab.ready.ClusterUp;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;

/** Lets pods onto the nodes again that a command which was killed had cordoned. */
public final class UncordonNodes implements Phase<ClusterUp, ClusterUp> {

    private final Site site;

    /** The phase on {@code site}. */
    public UncordonNodes(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.UNCORDON.toString();
    }

    @Override
    public String doing() {
        return "let pods onto nodes again that an earlier command left cordoned";
    }

    /** Whether there are any. */
    public boolean isNeeded(ClusterUp cluster) {
        return Cordons.isAnyLeft(folder(cluster));
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            var limit = cluster.lab().lab().limits(site).ready();
            run.result(String.join(", ", new Cordons(folder(cluster), api, run, limit).uncordonAll()));
        }
        return cluster;
    }

    private LabFolder folder(ClusterUp cluster) {
        return site.folder(cluster.lab().lab().plan().lab());
    }
}
