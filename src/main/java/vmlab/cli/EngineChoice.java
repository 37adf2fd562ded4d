package vmlab.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.engine.Requirement;

/** Another engine than libvirt, to be looked at. */
final class EngineChoice {

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--storage-class",
            paramLabel = "NAME",
            description = "For the disks of machines there. Default: the cluster's own.")
    private Optional<String> storageClass = Optional.empty();

    @Option(names = "--role", description = "Print the ClusterRole that labs on KubeVirt need, and look at nothing.")
    private boolean role;

    boolean isKubevirt() {
        return engine.isKubevirt();
    }

    boolean asksForRole() {
        return role;
    }

    /** What labs need of the cluster. */
    List<Requirement> examine() {
        return Engines.examineCluster(engine.context(), storageClass);
    }
}
