package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;
import vmlab.run.LabFailure;

/** Clients for the clusters that the user's kubeconfig names, by whichever way it logs in. */
public final class Clients {

    private Clients() {}

    /** For the cluster of {@code context}, or of the current one. */
    public static KubernetesClient of(Optional<String> context) {
        Config config = Config.autoConfigure(context.orElse(null));
        if (config.getContexts().isEmpty()) {
            throw LabFailure.input(
                    "no kubeconfig names a cluster",
                    "neither KUBECONFIG nor ~/.kube/config has a context",
                    "export KUBECONFIG=FILE");
        }
        String current = Optional.ofNullable(config.getCurrentContext())
                .map(NamedContext::getName)
                .orElse("");
        if (current.isEmpty()
                || context.filter(wanted -> !wanted.equals(current)).isPresent()) {
            throw LabFailure.input(
                    context.map(wanted -> "the kubeconfig has no context " + wanted)
                            .orElse("the kubeconfig has no current context"),
                    "it has "
                            + String.join(
                                    ", ",
                                    config.getContexts().stream()
                                            .map(NamedContext::getName)
                                            .toList()),
                    "--context NAME");
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
