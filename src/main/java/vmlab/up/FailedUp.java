package vmlab.up;

import java.io.UncheckedIOException;
import vmlab.observe.Bundle;
import vmlab.observe.Explained;
import vmlab.observe.KeepEvidence;
import vmlab.power.Teardown;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.FolderTree;
import vmlab.site.LabState;
import vmlab.site.Site;

/**
 * What becomes of a lab that did not come up: its failure is told with the cause, and what this command began is taken down. An
 * interruption cuts the first short and never the second, and neither loses the failure.
 *
 * @param isTakenDown whether this command began it, and need not leave it to be looked at
 */
record FailedUp(Site site, String lab, boolean isTakenDown) {

    /** The failure as it is told. */
    LabFailure of(LabFailure failure, Run run) {
        LabFailure told = explained(failure, run);
        takeDown(told, run);
        return told;
    }

    private LabFailure explained(LabFailure failure, Run run) {
        try {
            return new Explained(site).of(failure, lab, run);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (LabFailure | UncheckedIOException blind) {
            run.note("the cause could not be looked for: " + blind.getMessage());
        }
        return failure;
    }

    /** Takes down what was begun, to the end: an interruption waits until then. */
    void takeDown(Exception failure, Run run) {
        boolean interrupted = Thread.interrupted();
        try {
            if (isTakenDown && isAnythingMade()) {
                interrupted |= isInterruptedKeepingEvidence(run);
                run.perform(new Teardown(site, Teardown.Evidence.KEEP), lab);
            } else if (isTakenDown && !LabState.hasDisks(site.folder(lab))) {
                // Evidence that is there is that of an earlier failure.
                FolderTree.delete(site.folder(lab).events());
            }
        } catch (InterruptedException stop) {
            interrupted = true;
        } catch (LabFailure | UncheckedIOException left) {
            failure.addSuppressed(left);
            run.note("lab " + lab + " could not be taken down: " + left.getMessage());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing, where it was refused before anything was made. */
    private boolean isAnythingMade() {
        return site.identity(lab).isPresent() || !site.inventory(lab).isEmpty();
    }

    private boolean isInterruptedKeepingEvidence(Run run) {
        try {
            run.perform(new KeepEvidence(site), lab);
            Bundle.write(site, lab, site.folder(lab).evidence().resolve("bundle.tar.zst"));
        } catch (InterruptedException stop) {
            return true;
        } catch (UncheckedIOException | LabFailure full) {
            // A lab that filled the disk would stay, and keep it full.
            run.note("not all evidence could be kept: " + full.getMessage());
        }
        return Thread.interrupted();
    }
}
