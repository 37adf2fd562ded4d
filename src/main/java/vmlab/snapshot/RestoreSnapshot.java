package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vmlab.machine.LayeredDisk;
import vmlab.make.ApiDoor;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.LabFolder;
import vmlab.power.Start;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.run.Seconds;
import vmlab.site.LabLock;
import vmlab.site.Site;

/**
 * Lets a lab go back to where one of its snapshots stands. From when the first disk is exchanged until the machines run again, a note in
 * the lab's folder keeps it from being started with disks of two moments: then it is done again.
 */
public record RestoreSnapshot(Site site, String snapshot) implements Phase<String, Duration> {

    @Override
    public String name() {
        return PhaseName.RESTORE.toString();
    }

    @Override
    public String doing() {
        return "go back to where the snapshot stands";
    }

    /** Returns how long it took. */
    @Override
    public Duration run(String lab, Run run) throws InterruptedException {
        if (site.engine().diskSnapshots().isPresent()) {
            return bootFrom(new DiskSnapshot(site, site.engine().diskSnapshots().get(), snapshot), lab, run);
        }
        LabFolder folder = site.folder(lab);
        try (LabLock lock = LabLock.take(site, lab)) {
            Shelf.Saved kept = new Snapshots(folder).get(snapshot);
            Inventory found = site.inventory(lab);
            kept.requireTrue();
            requireSame(lab, kept.manifest(), found.domains());
            Instant began = Instant.now();
            restore(found, folder, kept, run);
            Duration took = Duration.between(began, Instant.now());
            run.result(snapshot + " of " + kept.manifest().madeAt().truncatedTo(ChronoUnit.SECONDS) + ", "
                    + Seconds.text(took));
            return took;
        } catch (IOException error) {
            throw new UncheckedIOException("lab " + lab + " could not be taken back to " + snapshot, error);
        }
    }

    /** Without memory, the lab is started as one that was stopped. */
    private Duration bootFrom(DiskSnapshot disks, String lab, Run run) throws InterruptedException {
        Instant began = Instant.now();
        try (LabLock lock = LabLock.take(site, lab)) {
            disks.restore(lab, run);
        } catch (IOException error) {
            throw new UncheckedIOException("lab " + lab + " could not be taken back to " + snapshot, error);
        }
        run.perform(new Start(site), lab);
        Duration took = Duration.between(began, Instant.now());
        run.result(snapshot + ", " + Seconds.text(took));
        return took;
    }

    private void restore(Inventory found, LabFolder folder, Shelf.Saved kept, Run run)
            throws IOException, InterruptedException {
        Map<String, String> domains = new LinkedHashMap<>();
        found.domains().forEach(machine -> domains.put(machine.mark().node(), machine.name()));
        AtomicFile.write(folder.restoring(), snapshot);
        domains.values().forEach(site.engine().machines()::cutPower);
        found.networks().stream()
                .filter(network -> !network.active())
                .map(NetworkFound::name)
                .forEach(site.engine().networks()::start);
        new ServeBoot(site).resume(folder, run);
        GoOn back = new GoOn(site, folder, kept.snapshot());
        back.exchangeDisks(domains.keySet());
        domains.forEach(
                (node, name) -> site.engine().machines().giveDisk(name, new LayeredDisk(folder.stateDisk(node)).top()));
        back.run(domains);
        Files.delete(folder.restoring());
        new ApiDoor(site, folder).reopen();
        back.await(
                domains.keySet(),
                kept.manifest().leases(),
                site.pace(kept.manifest().lab()),
                run);
    }

    /** Machines that were made otherwise can't go on from there. */
    private void requireSame(String lab, Manifest manifest, List<DomainFound> machines) {
        Map<String, String> now = TakeSnapshot.made(machines);
        if (!now.equals(manifest.nodes())) {
            List<String> other = now.keySet().stream()
                    .filter(node -> !now.get(node).equals(manifest.nodes().get(node)))
                    .toList();
            throw LabFailure.input(
                    "lab " + lab + " can't go back to snapshot " + snapshot,
                    "its machines are not those of " + manifest.made()
                            + (other.isEmpty()
                                    ? ": some were removed"
                                    : ": changed since: " + String.join(", ", other)),
                    "lab fork " + lab + "/" + snapshot + " brings it up beside this one");
        }
        Carrier.require(manifest, site.engine());
    }
}
