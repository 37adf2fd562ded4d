package vmlab.power;

import java.nio.file.Files;
import java.nio.file.Path;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.LabState;
import vmlab.site.Site;

/** Takes a lab down until nothing is left of it. */
public final class Down {

    private final Site site;

    /** A down on {@code site}. */
    public Down(Site site) {
        this.site = site;
    }

    /** Removes {@code lab}; one that is gone already is fine. Returns how many machines and networks went. */
    public int run(String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, lab)) {
            return run.perform(new Teardown(site, Teardown.Evidence.REMOVE), lab);
        }
    }

    /** Removes what is left of a lab whose libvirt, the embedded host, is gone with all that it had; returns whether anything was. */
    public static boolean removeFiles(Path home, String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(home, lab)) {
            return run.perform(new RemoveFiles(home), lab);
        }
    }

    /** What lies in the folder's place is not removed where no lab began. */
    static void refuseOthersFiles(String lab, LabFolder folder) {
        if (!LabState.hasMoreThanEvidence(folder)
                || LabState.hasDisks(folder) && !Files.isSymbolicLink(folder.path())) {
            return;
        }
        boolean isLink = Files.isSymbolicLink(folder.path());
        throw LabFailure.input(
                "the folder of lab " + lab + " is "
                        + (isLink ? "a link, and no lab began where it leads" : "none that lab made"),
                folder.path() + " has files and no " + folder.identity().getFileName(),
                isLink
                        ? "rm " + folder.path() + " removes the link alone. Nothing was touched"
                        : "move them elsewhere if they are yours. Nothing was touched");
    }

    /** A folder with disks that does not say whose machines they are for is not removed: they may run elsewhere. */
    static void refuseWithoutIdentity(String lab, LabFolder folder) {
        if (Identity.read(folder).isEmpty() && LabState.hasDisks(folder)) {
            throw LabFailure.input(
                    "the folder of lab " + lab + " does not say which hypervisor has its machines",
                    folder.path() + " has disks and no " + folder.identity().getFileName() + ": an older lab made it",
                    "take it down with the version that made it; or, when neither virsh list --all nor lab exec -- virsh list"
                            + " --all shows machines of it, rm -r " + folder.path() + ". Nothing was touched");
        }
    }
}
