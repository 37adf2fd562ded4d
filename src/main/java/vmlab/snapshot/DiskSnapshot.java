package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vmlab.engine.DiskSnapshots;
import vmlab.engine.Machines;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.LabLock;
import vmlab.site.LabState;
import vmlab.site.Site;

/**
 * A snapshot of a lab whose disks its engine keeps: of all disks at one moment, without memory. So the lab's nodes stand still while it is
 * taken, and boot when the lab goes back to it.
 */
public record DiskSnapshot(Site site, DiskSnapshots engine, String name) {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Takes it; returns for how long the nodes stood still. */
    Duration take(String lab, Run run) throws InterruptedException {
        requireFree(lab);
        LabState.refuseHalfRestored(site.folder(lab));
        LabState.wake(site, site.inventory(lab));
        List<DomainFound> nodes = nodes(lab);
        Instant began = Instant.now();
        try (Scope begun = new Scope();
                Scope still = new Scope()) {
            for (DomainFound node : nodes) {
                if (node.running()) {
                    still.keep(() -> machines().resume(node.name()));
                    machines().pause(node.name());
                }
            }
            begun.keep(() -> engine.remove(lab, name));
            for (DomainFound node : nodes) {
                engine.take(node.name(), name, node.mark(), node.made());
            }
            for (DomainFound node : nodes) {
                run.await(node.mark().node(), "the snapshot of its disk", LIMIT)
                        .until(() -> engine.look(node.name(), name));
            }
            begun.forget();
        }
        return Duration.between(began, Instant.now());
    }

    /** Puts all disks back to it; the nodes are off then. */
    void restore(String lab, Run run) throws IOException, InterruptedException {
        DiskSnapshots.Saved kept = get(lab);
        List<DomainFound> nodes = nodes(lab);
        requireSame(lab, kept, nodes);
        LabFolder folder = site.folder(lab);
        // From here on, disks may be of two moments.
        AtomicFile.write(folder.restoring(), name);
        nodes.forEach(node -> machines().cutPower(node.name()));
        for (DomainFound node : nodes) {
            run.await(node.mark().node(), "power off", LIMIT)
                    .until(() -> machines().isRunning(node.name())
                            ? new Reading.NotYet<>("it runs still")
                            : new Reading.Ready<>(""));
        }
        nodes.forEach(node -> engine.restore(node.name(), name, node.mark()));
        for (DomainFound node : nodes) {
            run.await(node.mark().node(), "its disk", LIMIT).until(() -> engine.lookRestored(node.name(), name));
        }
        Files.delete(folder.restoring());
    }

    /** Removes it. */
    public void remove(String lab) {
        try (LabLock lock = LabLock.take(site, lab)) {
            get(lab);
            engine.remove(lab, name);
        }
    }

    /** Those of {@code lab}, as all snapshots are shown; how large they are only the storage knows. */
    public static List<Snapshots.Saved> all(DiskSnapshots engine, String lab) {
        return engine.of(lab).stream()
                .map(kept -> new Snapshots.Saved(
                        kept.name(), kept.made(), List.copyOf(kept.nodes().keySet()), 0))
                .toList();
    }

    private Machines machines() {
        return site.engine().machines();
    }

    private List<DomainFound> nodes(String lab) {
        return site.inventory(lab).domains();
    }

    private void requireFree(String lab) {
        Snapshots.requireName(lab, name);
        find(engine.of(lab)).ifPresent(there -> {
            throw Snapshots.taken(lab, name, there.made());
        });
    }

    private DiskSnapshots.Saved get(String lab) {
        List<DiskSnapshots.Saved> all = engine.of(lab);
        return find(all)
                .orElseThrow(() -> Snapshots.missing(
                        lab, name, all.stream().map(DiskSnapshots.Saved::name).toList()));
    }

    private Optional<DiskSnapshots.Saved> find(List<DiskSnapshots.Saved> all) {
        return all.stream().filter(kept -> kept.name().equals(name)).findFirst();
    }

    /** A machine that was made otherwise since would get back the description that it had then, too. */
    private void requireSame(String lab, DiskSnapshots.Saved kept, List<DomainFound> nodes) {
        Map<String, AppliedSpec> now = new TreeMap<>();
        nodes.forEach(node -> now.put(node.mark().node(), node.made()));
        if (!now.equals(kept.nodes())) {
            throw LabFailure.input(
                    "lab " + lab + " can't go back to snapshot " + name,
                    "its nodes are not those of " + kept.made() + ", or were changed since",
                    "undo the edits with lab up first");
        }
    }
}
