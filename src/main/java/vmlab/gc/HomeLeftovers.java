package vmlab.gc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.gc.Leftover.Kind;
import vmlab.gc.Leftover.State;
import vmlab.machine.DiskUse;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.LockFile;
import vmlab.site.FolderTree;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.LabState;
import vmlab.site.TemporaryMemory;
import vmlab.site.TftpFolder;

/**
 * Files in lab's home, and in the folder for temporary files, that were to be there for a moment only; and reports of labs long gone.
 *
 * @param machines the ids of labs that have machines at the hypervisor
 */
record HomeLeftovers(Path home, Path temporary, Set<String> machines, GcOptions options) {

    /** What lab makes in {@code /tmp}: bundles being packed, what checks write, guests that measure. */
    private static final String IN_TMP = "lab-(bundle|checks)\\d+|lab-speed\\d+\\.rom|lab-kvm-probe\\d+\\.img";

    void collect(Collected into) throws InterruptedException {
        cutOff(into);
        for (Path memory : elsewhere()) {
            add(Kind.MEMORY, memory, into);
        }
        for (Path fork : files(LabFolder.forks(home))) {
            boolean isGone = files(fork.resolve("labs")).isEmpty() && !Files.exists(fork.resolve("host/init"));
            if (isGone && isCutOff(fork)) {
                add(Kind.TEMPORARY, fork, into);
            }
        }
        for (Path file : files(temporary)) {
            if (file.getFileName().toString().matches(IN_TMP) && isOurs(file) && isCutOff(file)) {
                add(Kind.TEMPORARY, file, into);
            }
        }
        for (Path reports : files(home.resolve("reports"))) {
            boolean isGone = !Files.exists(
                    LabFolder.of(home, reports.getFileName().toString()).path());
            if (isGone && options.old().isPassedBy(reports)) {
                add(Kind.REPORT, reports, into);
            }
        }
        for (Path lock : files(home.resolve("locks"))) {
            lock(lock, into);
        }
        lock(home.resolve("networks.lock"), into);
    }

    /** What lies elsewhere, machines' memory and files for TFTP; none is told of while a lab's folder does not say which is its. */
    private List<Path> elsewhere() {
        Set<String> ids = new HashSet<>(machines);
        try {
            for (Path folder : files(home.resolve("labs"))) {
                if (LabState.hasMoreThanEvidence(new LabFolder(folder))) {
                    return List.of();
                }
                Identity.read(new LabFolder(folder)).ifPresent(its -> ids.add(its.id()));
            }
        } catch (LabFailure unreadable) {
            return List.of();
        }
        return Stream.concat(TemporaryMemory.leftovers(home, ids).stream(), TftpFolder.leftovers(home, ids).stream())
                .toList();
    }

    /** What was to be renamed when it was whole. In a lab's folder it is looked for under the lab's lock. */
    private void cutOff(Collected into) throws InterruptedException {
        for (Path folder : files(home.resolve("labs"))) {
            List<Path> parts = new ArrayList<>(parts(folder));
            parts.addAll(parts(folder.resolve("snapshots")));
            if (!parts.isEmpty()) {
                try (LabLock held = LabLock.take(home, folder.getFileName().toString())) {
                    addAll(parts, into);
                } catch (LabFailure busy) {
                    into.add(Spared.of("lab " + folder.getFileName(), busy));
                }
            }
        }
        for (Path folder : files(home.resolve("reports"))) {
            addAll(parts(folder), into);
        }
        addAll(parts(home.resolve("golden")), into);
    }

    private void addAll(List<Path> parts, Collected into) throws InterruptedException {
        for (Path part : parts) {
            add(Kind.TEMPORARY, part, into);
        }
    }

    private static List<Path> parts(Path folder) {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(AtomicFile.PART) && isCutOff(file))
                .toList();
    }

    private static boolean isCutOff(Path file) {
        return Age.of(Age.CUT_OFF).isPassedBy(file);
    }

    private boolean isOurs(Path file) {
        try {
            return Files.getOwner(file).equals(Files.getOwner(home));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whoever is killed leaves the file of a lock; the lock itself ends with its holder. */
    private void lock(Path file, Collected into) {
        try {
            if (!Files.exists(file) || LockFile.isHeld(file)) {
                return;
            }
            Leftover leftover = new Leftover(Kind.LOCK, file.toString(), Files.size(file), State.FOUND);
            if (options.dryRun()) {
                into.add(leftover);
                return;
            }
            Optional<LockFile> taken = LockFile.tryTake(file, "lab gc");
            if (taken.isPresent()) {
                taken.get().close();
                into.add(leftover.removed());
            }
        } catch (IOException error) {
            into.add(Spared.failed(file.toString(), String.valueOf(error.getMessage()), "see who owns it"));
        }
    }

    private void add(Kind kind, Path path, Collected into) throws InterruptedException {
        Leftover leftover = new Leftover(kind, path.toString(), DiskUse.of(path), State.FOUND);
        if (options.dryRun()) {
            into.add(leftover);
            return;
        }
        try {
            FolderTree.delete(path);
            into.add(leftover.removed());
        } catch (UncheckedIOException error) {
            into.add(Spared.failed(path.toString(), String.valueOf(error.getMessage()), "see who owns it"));
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
