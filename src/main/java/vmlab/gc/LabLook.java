package vmlab.gc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        if (identity.isPresent() && !identity.get().uri().equals(uri)) {
            return new Elsewhere(identity.get().uri());
        }
        boolean isThere = found.marks().anyMatch(mark -> LabState.isOf(identity, home, mark));
        if (identity.isPresent()) {
            return found.domains().stream().anyMatch(domain -> LabState.isOf(identity, home, domain.mark()))
                    ? new Whole()
                    // Of what it says and what this home made there, one is not true.
                    : found.marks().anyMatch(mark -> LabState.isOf(Optional.empty(), home, mark)) && !isThere
                            ? new Unknown()
                            : new MachinesGone(LabState.hasDisks(folder));
        }
        if (LabState.hasMoreThanEvidence(folder)) {
            return new Unknown();
        }
        return isThere ? new FolderGone(found) : Files.exists(folder.path()) ? new EvidenceOnly() : new Whole();
    }
}
