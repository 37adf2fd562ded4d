package vmlab.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import vmlab.engine.Requirement;

/** Another engine than libvirt, to be looked at. */
final class EngineChoice {

    /** The engines. */
    enum Name {
        LIBVIRT,
        KUBEVIRT
    }

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "libvirt, or kubevirt: a cluster of the kubeconfig's. Default: libvirt.")
    private Name name = Name.LIBVIRT;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig's context. Default: its current one.")
    private Optional<String> context = Optional.empty();

    @Option(
            names = "--storage-class",
            paramLabel = "NAME",
            description = "For the disks of machines there. Default: the cluster's own.")
    private Optional<String> storageClass = Optional.empty();

    @Option(names = "--role", description = "Print the ClusterRole that labs on KubeVirt need, and look at nothing.")
    private boolean role;

    boolean isKubevirt() {
        return name == Name.KUBEVIRT;
    }

    boolean asksForRole() {
        return role;
    }

    /** What labs need of the cluster. */
    List<Requirement> examine() {
        return Engines.examineCluster(context, storageClass);
    }
}
