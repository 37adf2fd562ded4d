package vmlab.snapshot;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import vmlab.engine.Machines;
import vmlab.make.ServeBoot;
import vmlab.run.LockFile;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Site;

/**
 * Forks come to life one after the other: each needs all processors for a moment, and all at once take several times as long altogether.
 * One that is Ready stands still until the last of those that were asked for together is.
 */
record ForkTurn(Site site, String lab) {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration PACE = Duration.ofMillis(50);

    /** Lets the machines, by their nodes, go on when it is their turn; {@code leases}: when each node was last heard of before. */
    void goOn(GoOn back, Map<String, String> domains, Map<String, String> leases, Run run)
            throws IOException, InterruptedException {
        Machines machines = site.engine().machines();
        boolean standsStill;
        try (LockFile turn =
                run.await("", "other forks, which start", LIMIT).every(PACE).until(this::take)) {
            Together.all(List.of(
                    () -> {
                        new ServeBoot(site).resume(site.folder(lab), run);
                        return lab;
                    },
                    () -> {
                        back.run(domains);
                        return lab;
                    }));
            back.await(domains.keySet(), leases, site.pace(lab), run);
            standsStill = !others().isEmpty();
            if (standsStill) {
                domains.values().forEach(machines::pause);
            }
        } finally {
            new Forks(site.home()).noteStarted(lab);
        }
        if (standsStill) {
            run.await("", "the last of the forks", LIMIT).every(PACE).until(this::last);
            domains.values().forEach(machines::resume);
        }
    }

    private List<String> others() {
        return new Forks(site.home()).startingBeside(lab);
    }

    private Reading<String> last() {
        List<String> others = others();
        return others.isEmpty() ? new Reading.Ready<>(lab) : new Reading.NotYet<>(String.join(", ", others) + " start");
    }

    private Reading<LockFile> take() {
        return LockFile.look(site.home().resolveSibling(".turn"), lab, fork -> "fork " + fork + " starts");
    }
}
