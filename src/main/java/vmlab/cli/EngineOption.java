package vmlab.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a lab is to be, in words of its own for what {@code --connect} says in one; the launcher makes that of it. */
final class EngineOption {

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "libvirt, or kubevirt: a cluster of the kubeconfig's. Default: what cluster.yaml says, or libvirt.")
    private EngineChoice.Name name = EngineChoice.Name.LIBVIRT;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig's context. Default: its current one.")
    private Optional<String> context = Optional.empty();
}
