package vmlab.gc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.site.Identity;
import vmlab.site.LabState;

/** How one lab stands at this moment: whether both of its halves are there, or one was left behind. */
sealed interface LabLook {

    /** It runs, or is stopped, or is none of ours; or there is nothing at all. */
    record Whole() implements LabLook {}

    /** Its machines are at another hypervisor. */
    record Elsewhere(String uri) implements LabLook {}

    /** Libvirt has this of it, and its folder is gone. */
    record FolderGone(Inventory found) implements LabLook {}

    /** It has a folder, and libvirt has no machine of it; perhaps a network. */
    record MachinesGone(boolean hasDisks) implements LabLook {}

    /** Only what a failed {@code up} left to be read. */
    record EvidenceOnly() implements LabLook {}

    /** A folder that does not say whose machines its disks and keys are for. */
    record Unknown() implements LabLook {}

    /**
     * Looks.
     *
     * @param found what the hypervisor {@code uri} has under the lab's name, whosever it is
     */
    static LabLook at(LabFolder folder, Inventory found, Path home, String uri) {
        Optional<Identity> identity = Identity.read(folder);
        if (identity.isPresent()) {
            return !identity.get().uri().equals(uri)
                    ? new Elsewhere(identity.get().uri())
                    : found.domains().stream().anyMatch(domain -> LabState.isOf(identity, home, domain.mark()))
                            ? new Whole()
                            : new MachinesGone(LabState.hasDisks(folder));
        }
        if (found.marks().anyMatch(mark -> LabState.isOf(identity, home, mark))) {
            return new FolderGone(found);
        }
        List<String> files = files(folder);
        return files.isEmpty() && !Files.exists(folder.path())
                ? new Whole()
                : !LabState.isLinkToOthersFiles(folder) && files.stream().allMatch(LabLook::tells)
                        ? new EvidenceOnly()
                        : new Unknown();
    }

    private static boolean tells(String file) {
        return file.equals("evidence") || file.matches("events\\.jsonl|cluster\\.yaml|.*\\.log|.*\\.part");
    }

    private static List<String> files(LabFolder folder) {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
