package vmlab.power;

import java.nio.file.Path;
import vmlab.plan.LabFolder;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.LabLock;
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

    /** Removes what is left of a lab whose libvirt is gone. */
    public static void removeFiles(Path home, String lab) {
        FolderTree.delete(LabFolder.of(home, lab).path());
    }
}
