package vmlab.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Another engine than libvirt, in words of its own for what {@code --connect} says in one: for {@code up} and {@code plan}, the launcher makes that of it. */
final class EngineOption {

    /** The engines. */
    enum Name {
        LIBVIRT,
        KUBEVIRT;

        /** As one writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "libvirt, or kubevirt: a cluster of the kubeconfig's. Default: what cluster.yaml says, or libvirt.")
    private Name name = Name.LIBVIRT;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig's context. Default: its current one.")
    private Optional<String> context = Optional.empty();

    boolean isKubevirt() {
        return name == Name.KUBEVIRT;
    }

    Optional<String> context() {
        return context;
    }
}
