package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import vmlab.make.Bootable;
import vmlab.ready.ClusterUp;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.run.Seconds;
import vmlab.site.FolderTree;
import vmlab.site.Site;

/**
 * Keeps a cluster that has just become Ready, so that the next {@code up} of the same plan goes on from here. What can't be kept is no
 * failure: the lab is up.
 */
public final class SaveGolden implements Phase<ClusterUp, ClusterUp> {

    private final Site site;
    private final Goldens goldens;
    private final boolean isFirst;
    private final Instant began = Instant.now();

    /** The phase on {@code site}; {@code isFirst}: whether the lab has not come up before. */
    public SaveGolden(Site site, Goldens goldens, boolean isFirst) {
        this.site = site;
        this.goldens = goldens;
        this.isFirst = isFirst;
    }

    /** Whether nobody has used the cluster yet, and its memory can be copied. */
    public boolean isWanted(ClusterUp cluster) {
        return isFirst && GoldenKey.isFor(cluster.lab().lab(), site);
    }

    @Override
    public String name() {
        return PhaseName.GOLDEN.toString();
    }

    @Override
    public String doing() {
        return "keep the cluster as it is, for the next up of the same plan";
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        Duration cold = Duration.between(began, Instant.now());
        try {
            run.result("nodes stood still for " + Seconds.text(save(lab, cold, run)));
        } catch (LabFailure | IOException | UncheckedIOException failure) {
            run.result("not kept: " + failure.getMessage());
        }
        return cluster;
    }

    private Duration save(Bootable lab, Duration cold, Run run) throws IOException, InterruptedException {
        String key = GoldenKey.of(lab, site);
        Snapshot begun = goldens.begin(key);
        try {
            Duration still = new TakeSnapshot(site, lab.plan().lab()).fill(begun, cold, run);
            goldens.keep(begun, key);
            return still;
        } finally {
            // Nothing is left of one that was kept.
            FolderTree.delete(begun.folder());
        }
    }
}
