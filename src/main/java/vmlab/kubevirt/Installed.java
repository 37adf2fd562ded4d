package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import vmlab.plan.Accelerator;
import vmlab.run.LabFailure;

/** The KubeVirt of a cluster: there is one, in a namespace that its administrator chose. */
record Installed(KubernetesClient client) {

    /** Empty also where the cluster does not even know what KubeVirt is. */
    Optional<GenericKubernetesResource> find() {
        try {
            return client.genericKubernetesResources(Kinds.KUBEVIRT).inAnyNamespace().list().getItems().stream()
                    .findFirst();
        } catch (KubernetesClientException error) {
            if (ClusterErrors.isGone(error)) {
                return Optional.empty();
            }
            throw ClusterErrors.failure("list KubeVirt", error);
        }
    }

    /** {@code v1.9.0}. */
    String version() {
        return find().map(found -> MachineState.text(found, "status", "observedKubeVirtVersion"))
                .filter(version -> !version.isEmpty())
                .orElseThrow(() -> LabFailure.machine(
                        "KubeVirt is not there, or still on its way",
                        "the cluster has no KubeVirt object with an observed version",
                        "kubectl get kubevirt -A; lab doctor --engine kubevirt checks the rest"));
    }

    /** {@code v1.36.3}. */
    String kubernetes() {
        return ClusterErrors.call(
                "tell its version", () -> client.getKubernetesVersion().getGitVersion());
    }

    /** Whether its administrator lets it emulate; else it needs KVM. */
    boolean mayEmulate() {
        return find().map(found ->
                        MachineState.text(found, "spec", "configuration", "developerConfiguration", "useEmulation"))
                .filter("true"::equals)
                .isPresent();
    }

    Accelerator accelerator() {
        return mayEmulate() ? Accelerator.TCG : Accelerator.KVM;
    }
}
