package vmlab.site;

import java.nio.file.Path;
import vmlab.plan.LabFolder;
import vmlab.run.EventLog;
import vmlab.run.Events;

/** Where a command about a lab that is there tells what it does. */
public final class LabLog {

    private LabLog() {}

    /**
     * The lab's log; nothing while another command works on the lab: what happens in the log is then that command's doing, and status,
     * progress and report are made from it.
     */
    public static Events of(Path home, String lab) {
        return LabLock.isHeld(home, lab)
                ? event -> {}
                : new EventLog(LabFolder.of(home, lab).events());
    }
}
