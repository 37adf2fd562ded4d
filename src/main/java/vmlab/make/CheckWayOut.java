package vmlab.make;

import java.time.Duration;
import java.util.Optional;
import vmlab.machine.Machine;
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

    /** Refuses what is known to lead nowhere, without waiting. {@code inside}: whether this is asked within the embedded host. */
    void refuse(Plan plan, Inventory found, boolean inside) {
        if (!isWanted(plan) || !found.networks().isEmpty()) {
            return;
        }
        Optional<String> closed = wayOut.isHeld()
                ? wayOut.whyClosed().filter(why -> !WayOut.isOffline(why))
                : Optional.of("pasta (package passt) is not installed")
                        .filter(missing -> !inside && !Machine.isInstalled("pasta"));
        closed.ifPresent(why -> {
            throw leadsNowhere(why);
        });
    }

    /** Waits until it is open, for a lab whose networks are not there yet; for one that is up it is only said. */
    void run(Plan plan, Inventory found, Run run) throws InterruptedException {
        if (!isWanted(plan) || !wayOut.isHeld()) {
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
            throw leadsNowhere(why);
        } else {
            run.note("nodes have no way out (" + why + "); it comes back as soon as pasta runs again");
        }
    }

    private static boolean isWanted(Plan plan) {
        return plan.networks().stream().anyMatch(network -> network.mode() == Network.Mode.NAT);
    }

    private static LabFailure leadsNowhere(String why) {
        return LabFailure.machine(
                "the lab's network has mode: nat, and there is no way out of the embedded host",
                why,
                "scripts/setup installs pasta (Debian's package: passt); where it is installed, see whether it works: pasta true;"
                        + " network: {mode: isolated} in cluster.yaml does without");
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
