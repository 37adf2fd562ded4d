package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.machine.KvmProbe;
import vmlab.machine.Machine;
import vmlab.plan.Accelerator;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.PrivateFiles;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.run.Seconds;
import vmlab.site.FolderTree;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.spec.Accel;
import vmlab.spec.Bytes;

/**
 * Makes the folders of forks, from a snapshot, a golden lab, or a lab that runs and stands still for it. They come up each in an embedded
 * host of its own ({@link StartFork}). Returns their names.
 *
 * @param site where the lab runs that is forked; empty where no host runs
 * @param count how many
 * @param called what they are to be called; the lab's name where none is given
 */
public record PrepareForks(Path home, Optional<Site> site, int count, Optional<String> called)
        implements Phase<String, List<String>> {

    /** What QEMU needs besides, and what a node that is left alone changes of its memory (docs/figures.md). */
    private static final Bytes OF_A_NODE = Bytes.mib(512);

    /** What is linked into the forks and not kept besides; no user's snapshot is called so. */
    private static final String PASSING = ".fork";

    @Override
    public String name() {
        return PhaseName.FORK.toString();
    }

    @Override
    public String doing() {
        return "copy the lab without copying its memory";
    }

    /** {@code source}: a lab, or LAB/SNAPSHOT. */
    @Override
    public List<String> run(String source, Run run) throws InterruptedException {
        String lab = source.split("/", 2)[0];
        Forks forks = new Forks(home);
        List<String> names = forks.choose(called.orElse(lab), count, called.isPresent());
        try (LabLock lock = LabLock.take(home, lab)) {
            LabFolder folder = LabFolder.of(home, lab);
            if (source.contains("/")) {
                Shelf.Saved kept = new Snapshots(folder).get(source.substring(lab.length() + 1));
                prepare(forks, names, kept, run);
                run.result(String.join(", ", names) + " of snapshot " + kept.name());
            } else if (isRunning(lab)) {
                Duration still = fromRunning(forks, names, lab, run);
                run.result(String.join(", ", names) + "; nodes stood still for " + Seconds.text(still));
            } else {
                prepare(forks, names, golden(lab), run);
                run.result(String.join(", ", names) + " of the golden lab");
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the forks could not be written: " + error.getMessage(), error);
        }
        return names;
    }

    private boolean isRunning(String lab) {
        return site.filter(there -> there.identity(lab).isPresent())
                .filter(there -> !there.inventory(lab).domains().isEmpty())
                .isPresent();
    }

    private Shelf.Saved golden(String lab) {
        return new Goldens(home)
                .lastOf(lab)
                .orElseThrow(() -> LabFailure.input(
                        "there is nothing of lab " + lab + " to fork",
                        "it does not run, and no golden lab of it is kept",
                        "lab up brings it up; lab golden list shows what is kept"));
    }

    private Duration fromRunning(Forks forks, List<String> names, String lab, Run run)
            throws IOException, InterruptedException {
        TakeSnapshot take = new TakeSnapshot(site.orElseThrow(), lab);
        take.requireRunning();
        Shelf shelf = new Shelf(LabFolder.of(home, lab).snapshots());
        Snapshot passing = shelf.begin(PASSING);
        try {
            Duration still = take.fill(passing, Duration.ZERO, run);
            prepare(
                    forks,
                    names,
                    new Shelf.Saved(PASSING, passing, Manifest.ofWhole(passing).orElseThrow()),
                    run);
            return still;
        } finally {
            FolderTree.delete(passing.folder());
            shelf.remove(PASSING);
        }
    }

    private void prepare(Forks forks, List<String> names, Shelf.Saved kept, Run run)
            throws IOException, InterruptedException {
        kept.requireTrue();
        int nodes = kept.manifest().nodes().size();
        requireMemory(nodes);
        tellOfProcessors(nodes * count, run);
        try (Scope undone = new Scope()) {
            names.forEach(fork -> undone.keep(() -> FolderTree.delete(forks.home(fork))));
            prepare(forks, names, kept.snapshot());
            undone.forget();
        }
    }

    private static void prepare(Forks forks, List<String> names, Snapshot snapshot) throws IOException {
        for (String fork : names) {
            PrivateFiles.folder(forks.home(fork));
            LabFolder folder = LabFolder.of(forks.home(fork), fork);
            Identity.begin(fork, forks.home(fork), Identity.EMBEDDED, Clock.systemUTC())
                    .write(folder);
            link(snapshot.folder(), folder.origin());
        }
        forks.noteStarting(names);
    }

    /** All its files, without a copy of any. */
    private static void link(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (Path path : all) {
            Path same = to.resolve(from.relativize(path));
            if (Files.isDirectory(path)) {
                PrivateFiles.folder(same);
            } else {
                Files.createLink(same, path);
            }
        }
    }

    /** Emulated nodes that are left alone keep a processor busy by a quarter to a half; more of them than it carries never come to rest. */
    private static void tellOfProcessors(int nodes, Run run) throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        if (KvmProbe.choose(Accel.AUTO) == Accelerator.TCG && nodes > processors) {
            run.note(nodes + " emulated nodes more on " + processors
                    + (processors == 1 ? " processor" : " processors")
                    + ": each waits for the others; fewer forks, or lab stop of what is not needed, make them quick");
        }
    }

    private void requireMemory(int nodes) {
        long each = OF_A_NODE.value() * nodes;
        Bytes available = Machine.availableMemory();
        long fit = available.value() / each;
        if (fit < count) {
            throw LabFailure.machine(
                    count + " forks do not fit this machine",
                    "each wants about %s of memory, and %s is free".formatted(new Bytes(each), available),
                    fit == 0 ? "free some memory" : "--count " + fit + " fits");
        }
    }
}
