package vmlab.kube.storage;

import java.util.List;
import vmlab.run.LabFailure;

/** The state disks of a lab's nodes, on which volumes are folders. */
public interface NodeFolders {

    /** Makes folders that every pod may write to, and removes others with all that is in them. Both may be done already. */
    void change(String node, List<String> made, List<String> removed) throws LabFailure, InterruptedException;
}
