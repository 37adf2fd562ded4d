package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import vmlab.spec.Specs;

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
            for (DomainFound node : nodes) {
                begun.keep(() -> engine.remove(node.name(), name));
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
            nodes(lab).forEach(node -> engine.remove(node.name(), name));
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
        if (!Specs.isName(name) || name.equals(Snapshots.GOLDEN)) {
            throw LabFailure.input(
                    name + " is no name for a snapshot",
                    "a name has lower-case letters, digits and dashes, begins with a letter, and is not "
                            + Snapshots.GOLDEN,
                    "choose another");
        }
        engine.of(lab).stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst()
                .ifPresent(there -> {
                    throw LabFailure.input(
                            "lab " + lab + " has a snapshot " + name + " already",
                            "it was taken at " + there.made(),
                            "lab snapshot rm " + lab + " " + name + " removes it");
                });
    }

    private DiskSnapshots.Saved get(String lab) {
        List<DiskSnapshots.Saved> all = engine.of(lab);
        List<String> names = all.stream().map(DiskSnapshots.Saved::name).toList();
        return all.stream()
                .filter(kept -> kept.name().equals(name))
                .findFirst()
                .orElseThrow(() -> LabFailure.input(
                        "lab " + lab + " has no snapshot " + name,
                        names.isEmpty() ? "it has none" : "it has " + String.join(", ", names),
                        "lab snapshot create " + lab + " NAME takes one"));
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
