package vmlab.make;

import vmlab.plan.Accelerator;
import vmlab.plan.Aspect;
import vmlab.plan.Edits;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.site.TemporaryMemory;
import vmlab.spec.Cluster;
import vmlab.spec.GoldenUse;

/** Decides what cluster.yaml leaves open and refuses what this machine cannot carry, before anything is created. */
public final class CheckHost implements Phase<Cluster, Checked> {

    private final Site site;
    private final boolean freshDisks;

    /** The phase on {@code site}; {@code freshDisks}: disks whose machines are gone may go too. */
    public CheckHost(Site site, boolean freshDisks) {
        this.site = site;
        this.freshDisks = freshDisks;
    }

    @Override
    public String name() {
        return PhaseName.HOST.toString();
    }

    @Override
    public String doing() {
        return "see whether this machine can carry the lab";
    }

    @Override
    public Checked run(Cluster cluster, Run run) throws InterruptedException {
        Inventory everything = site.everything(cluster.name());
        Inventory found = everything.of(cluster.name());
        Plan plan = new CheckLab(site.home(), site.uri(), site.embedded(), freshDisks).of(cluster, everything, run);
        requireGrowth(plan, found);
        if (site.embedded()) {
            new CheckWayOut(site.wayOut()).run(plan, found, run);
        }
        Edits.Needs needs = Edits.needs(plan, found);
        if (found.isEmpty() && cluster.golden() == GoldenUse.AUTO && site.embedded()) {
            noteMemory(needs, run);
        }
        Accelerator accelerator;
        if (found.domains().isEmpty()) {
            accelerator = site.engine().accelerator(cluster.accel());
            site.engine().requireVersions(accelerator);
            if (accelerator == Accelerator.TCG) {
                // The limits are asked for once there is something to wait for.
                site.calibration().begin();
            }
        } else {
            accelerator = found.domains().getFirst().accelerator();
        }
        run.result("%s, %s, network %s"
                .formatted(site.embedded() ? "embedded host" : site.engine().uri(), accelerator, plan.network()));
        return new Checked(plan, accelerator, found);
    }

    /** A disk that can't grow is refused before its node is drained. */
    private void requireGrowth(Plan plan, Inventory found) {
        plan.nodes().forEach(node -> found.domain(node.name())
                .filter(domain -> !domain.made().of(Aspect.DISK).isEmpty()
                        && node.spec().disk().value()
                                > Long.parseLong(domain.made().of(Aspect.DISK)))
                .ifPresent(domain -> site.engine().machines().requireGrowth(domain.name())));
    }

    /** Nodes have their memory where there is room for it as files, and only then can it be kept. */
    private void noteMemory(Edits.Needs needs, Run run) {
        if (!TemporaryMemory.isRoomFor(site.home(), needs.memory())) {
            run.note("no golden lab and no snapshots: the nodes want " + needs.memory() + ", "
                    + TemporaryMemory.evidence(site.home()));
        }
    }
}
