package vmlab.up;

import java.nio.file.Path;
import vmlab.plan.Plan;
import vmlab.ready.ClusterUp;

/**
 * A lab that is up.
 *
 * @param kubeconfig the file for the user's own kubectl
 * @param changed whether anything had to be done
 */
public record LabUp(Plan plan, Path kubeconfig, boolean changed) {

    static LabUp of(ClusterUp cluster, boolean isServedOtherwise) {
        return new LabUp(
                cluster.lab().lab().plan(),
                cluster.file(),
                isServedOtherwise || !cluster.lab().lab().actions().isEmpty());
    }
}
