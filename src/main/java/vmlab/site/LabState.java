package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;

/** How a lab stands, in the words of {@code lab list}: its folder and what libvirt has of it belong together, and one may be gone. */
public final class LabState {

    /** It has no machine yet, or no more: a command works on it. */
    public static final String BEING_CHANGED = "being changed";

    /** There is its folder, and libvirt has no machine of it. */
    public static final String MACHINES_GONE = "machines gone";

    /** Libvirt has it, and its folder, with disks and keys, is gone. */
    public static final String FOLDER_GONE = "folder gone";

    /** Its folder does not say who it is, or says that it is another. */
    public static final String UNUSABLE = "unusable";

    /** All that a failed {@code up} leaves, and what is written while it ends. */
    private static final Set<String> LEFT_TO_BE_READ = Set.of("evidence", "events.jsonl");

    private LabState() {}

    /**
     * The state of one lab.
     *
     * @param identity what its folder says
     * @param found what the hypervisor {@code uri} has under its name, whosever it is
     */
    public static String of(Optional<Identity> identity, Inventory found, Path home, String uri) {
        if (identity.isPresent() && !identity.get().uri().equals(uri)) {
            return "at " + identity.get().uri();
        }
        Optional<Mark> others =
                found.marks().filter(mark -> !isOf(identity, home, mark)).findFirst();
        if (others.isPresent()) {
            return others.get().home().isEmpty()
                    ? "another's"
                    : "another's, of " + others.get().home();
        }
        if (identity.isEmpty()) {
            return found.labs().stream().anyMatch(lab -> hasMoreThanEvidence(LabFolder.of(home, lab)))
                    ? UNUSABLE
                    : FOLDER_GONE;
        }
        if (found.domains().isEmpty()) {
            return LabLock.isHeld(home, identity.get().name()) ? BEING_CHANGED : MACHINES_GONE;
        }
        long running =
                found.domains().stream().filter(Inventory.DomainFound::running).count();
        if (running > 0 && found.domains().stream().noneMatch(it -> it.running() && !it.standsStill())) {
            return "paused";
        }
        return running == 0 ? "off" : running == found.domains().size() ? "running" : "partly running";
    }

    /** Whether what carries {@code mark} is the lab's. Where its folder is gone, what was made from this home is its own still. */
    public static boolean isOf(Optional<Identity> identity, Path home, Mark mark) {
        return identity.map(it -> it.id().equals(mark.id()))
                .orElseGet(() -> !mark.id().isEmpty() && mark.home().equals(Identity.path(home)));
    }

    /** Refuses to start a lab whose disks may be of two moments. */
    public static void refuseHalfRestored(LabFolder folder) {
        if (Files.exists(folder.restoring())) {
            String lab = folder.lab();
            throw LabFailure.lab(
                    "lab " + lab + " is on its way back to a snapshot",
                    "lab snapshot restore was cut short, so its disks may be of two moments",
                    "lab snapshot restore " + lab + " " + LastLines.of(folder.restoring(), 1) + " does it again");
        }
    }

    /** Lets machines go on that were paused, or that a command let stand still which was killed; returns how many. */
    public static int wake(Site site, Inventory found) throws InterruptedException {
        List<Inventory.DomainFound> still = found.domains().stream()
                .filter(Inventory.DomainFound::standsStill)
                .toList();
        for (Inventory.DomainFound machine : still) {
            site.engine().machines().wake(machine.name());
        }
        return still.size();
    }

    /** Whether nodes have kept something in this folder. */
    public static boolean hasDisks(LabFolder folder) {
        return hasAny(folder, name -> name.endsWith(LabFolder.STATE_DISK));
    }

    /** Whether the folder does not say who it is, and has something that no lab which is gone leaves: what is there may be its user's. */
    public static boolean hasMoreThanEvidence(LabFolder folder) {
        return !Files.exists(folder.identity())
                && hasAny(folder, name -> !LEFT_TO_BE_READ.contains(name) && !name.endsWith(AtomicFile.PART));
    }

    private static boolean hasAny(LabFolder folder, Predicate<String> which) {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).anyMatch(which);
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException error) {
            throw new UncheckedIOException("the lab's folder can't be read", error);
        }
    }
}
