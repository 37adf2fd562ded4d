package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.run.Seconds;
import vmlab.site.FolderTree;
import vmlab.site.LabLock;
import vmlab.site.Site;

/** Takes a snapshot of a lab that runs. Returns for how long its nodes stood still. */
public record CreateSnapshot(Site site, String snapshot) implements Phase<String, Duration> {

    @Override
    public String name() {
        return PhaseName.SNAPSHOT.toString();
    }

    @Override
    public String doing() {
        return "write down how the nodes stand at one moment";
    }

    @Override
    public Duration run(String lab, Run run) throws InterruptedException {
        Snapshots snapshots = new Snapshots(site.folder(lab));
        try (LabLock lock = LabLock.take(site, lab)) {
            if (site.engine().diskSnapshots().isPresent()) {
                return said(new DiskSnapshot(site, site.engine().diskSnapshots().get(), snapshot).take(lab, run), run);
            }
            TakeSnapshot take = new TakeSnapshot(site, lab);
            take.requireRunning();
            Snapshot begun = snapshots.begin(snapshot);
            try {
                Duration still = take.fill(begun, Duration.ZERO, run);
                snapshots.keep(begun, snapshot);
                return said(still, run);
            } finally {
                // Nothing is left of one that was kept.
                FolderTree.delete(begun.folder());
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the snapshot could not be written", error);
        }
    }

    private Duration said(Duration still, Run run) {
        run.result(snapshot + ", nodes stood still for " + Seconds.text(still));
        return still;
    }
}
