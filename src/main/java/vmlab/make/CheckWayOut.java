package vmlab.make;

import java.time.Duration;
import java.util.Optional;
import vmlab.plan.Inventory;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.site.WayOut;
import vmlab.spec.Network;

/** Refuses a network with {@code mode: nat} that would lead nowhere: the embedded host's way out needs pasta. */
record CheckWayOut(WayOut wayOut) {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Looks, for a lab whose networks are not there yet; for one that is up it is only said. */
    void run(Plan plan, Inventory found, Run run) throws InterruptedException {
        boolean isWanted = plan.networks().stream().anyMatch(network -> network.mode() == Network.Mode.NAT);
        if (!isWanted || !wayOut.isHeld()) {
            return;
        }
        Optional<String> closed =
                run.await("", "the way out", LIMIT).every(Duration.ofMillis(50)).until(this::look);
        if (closed.isEmpty()) {
            return;
        }
        String why = closed.get();
        if (WayOut.isOffline(why)) {
            run.note("nodes have no way out until this machine has one (" + why + ")");
        } else if (found.networks().isEmpty()) {
            throw LabFailure.machine(
                    "the lab's network has mode: nat, and there is no way out of the embedded host",
                    why,
                    "scripts/setup installs pasta (Debian's package: passt); where it is installed, see whether it works: pasta true;"
                            + " network: {mode: isolated} in cluster.yaml does without");
        } else {
            run.note("nodes have no way out (" + why + "); it comes back as soon as pasta runs again");
        }
    }

    private Reading<Optional<String>> look() {
        if (wayOut.isOpen()) {
            return new Ready<>(Optional.empty());
        }
        return wayOut.whyClosed()
                .<Reading<Optional<String>>>map(why -> new Ready<>(Optional.of(why)))
                .orElseGet(() -> new NotYet<>("pasta starts"));
    }
}
