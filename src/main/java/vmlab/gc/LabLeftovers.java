package vmlab.gc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import vmlab.gc.Leftover.Kind;
import vmlab.gc.Leftover.State;
import vmlab.machine.DiskUse;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.power.Teardown;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.Site;

/**
 * The halves of labs whose other half is gone.
 *
 * @param site its libvirt; empty where that is the embedded host, and none runs: then nothing is defined there either
 */
record LabLeftovers(Path home, String uri, Optional<Site> site, GcOptions options) {

    /** Looks at all labs, and removes what is left of those that are none any more. */
    void collect(Collected into, Run run) throws InterruptedException {
        TreeSet<String> elsewhere = new TreeSet<>();
        for (String lab : labs()) {
            try {
                switch (look(lab)) {
                    case LabLook.Whole whole -> {}
                    case LabLook.Elsewhere(var other) -> elsewhere.add(other);
                    default -> collect(lab, into, run);
                }
            } catch (LabFailure unreadable) {
                into.add(Spared.of("lab " + lab, unreadable));
            }
        }
        elsewhere.forEach(other -> into.add(Spared.of(
                "labs at " + other, "this looked at " + uri + " only", "lab gc --connect " + other + " looks there")));
    }

    private TreeSet<String> labs() {
        TreeSet<String> labs = new TreeSet<>(inventory().labs());
        try (Stream<Path> folders = Files.list(home.resolve("labs"))) {
            folders.filter(Files::isDirectory)
                    .forEach(folder -> labs.add(folder.getFileName().toString()));
        } catch (NoSuchFileException none) {
            return labs;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return labs;
    }

    private Inventory inventory() {
        return site.map(there -> there.engine().inventory()).orElse(Inventory.EMPTY);
    }

    private LabLook look(String lab) {
        return LabLook.at(folder(lab), inventory().of(lab), home, uri);
    }

    private LabFolder folder(String lab) {
        return LabFolder.of(home, lab);
    }

    /** Whether it is one that may go; says why not, where that needs a word. */
    private boolean isLeftover(String lab, LabLook seen, Collected into) {
        return switch (seen) {
            case LabLook.Whole whole -> false;
            case LabLook.Elsewhere elsewhere -> false;
            case LabLook.FolderGone gone -> true;
            case LabLook.EvidenceOnly evidence ->
                options.old().isPassedBy(folder(lab).path());
            case LabLook.MachinesGone gone -> {
                if (gone.hasDisks() && !options.force()) {
                    into.add(Spared.of(
                            "lab " + lab,
                            "its machines are gone, and the state disks of its nodes hold data: "
                                    + folder(lab).path(),
                            "lab gc --force removes them; lab up --fresh-disks begins anew"));
                }
                yield !gone.hasDisks() || options.force();
            }
            case LabLook.Unknown unknown -> {
                into.add(Spared.of(
                        "lab " + lab,
                        folder(lab).path() + " does not say whose it is, or says that it is another than its machines",
                        "lab status " + lab + " shows what there is; lab down " + lab
                                + " removes it, or says how to go on"));
                yield false;
            }
        };
    }

    /** Under the lab's lock, for a command may just be making the half that seems to be gone. */
    private void collect(String lab, Collected into, Run run) throws InterruptedException {
        try (LabLock held = LabLock.take(home, lab)) {
            LabLook seen = look(lab);
            if (isLeftover(lab, seen, into) && (site.isPresent() || !hostRuns())) {
                collect(lab, seen, into, run);
            }
        }
    }

    private void collect(String lab, LabLook seen, Collected into, Run run) throws InterruptedException {
        Leftover leftover = describe(lab, seen);
        if (options.dryRun()) {
            into.add(leftover);
            return;
        }
        try {
            remove(lab, seen, run);
            into.add(leftover.removed());
        } catch (LabFailure failure) {
            into.add(Spared.failed("lab " + lab, failure));
        } catch (UncheckedIOException error) {
            into.add(Spared.failed(
                    "lab " + lab,
                    String.valueOf(error.getMessage()),
                    "see who owns " + folder(lab).path()));
        }
    }

    /** One that was started since this began, by another command. */
    private boolean hostRuns() {
        return Files.exists(home.resolve("host").resolve("init"));
    }

    private Leftover describe(String lab, LabLook seen) throws InterruptedException {
        Path path = folder(lab).path();
        return switch (seen) {
            case LabLook.FolderGone(var found) -> new Leftover(Kind.MACHINES, names(found), 0, State.FOUND);
            case LabLook.EvidenceOnly evidence ->
                new Leftover(Kind.EVIDENCE, path.toString(), DiskUse.of(path), State.FOUND);
            default -> new Leftover(Kind.FOLDER, path.toString(), DiskUse.of(path), State.FOUND);
        };
    }

    private static String names(Inventory found) {
        return String.join(
                ", ",
                Stream.concat(
                                found.domains().stream().map(Inventory.DomainFound::name),
                                found.networks().stream().map(Inventory.NetworkFound::name))
                        .toList());
    }

    private void remove(String lab, LabLook seen, Run run) throws InterruptedException {
        boolean isInLibvirt = site.isPresent() && !inventory().of(lab).isEmpty();
        switch (seen) {
            case LabLook.FolderGone gone -> tearDown(lab, run);
            case LabLook.MachinesGone gone when isInLibvirt -> tearDown(lab, run);
            default -> {
                ServeBoot.process(folder(lab)).stop();
                Teardown.removeFolder(folder(lab));
            }
        }
    }

    /** By the very way of {@code lab down}, which refuses what is another's. */
    private void tearDown(String lab, Run run) throws InterruptedException {
        run.perform(new Teardown(site.orElseThrow(), Teardown.Evidence.KEEP), lab);
    }
}
