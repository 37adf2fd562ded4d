package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vmlab.engine.Requirement;
import vmlab.run.LabFailure;
import vmlab.spec.Bytes;

/** Looks at everything that labs need of a cluster, and says for each what it saw. Changes nothing. */
public final class ClusterCheck {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String KVM = "devices.kubevirt.io/kvm";

    private final KubernetesClient client;
    private final Settings settings;
    private final Installed installed;

    /** Of the cluster that {@code client} talks to, for labs with {@code settings}. */
    public ClusterCheck(KubernetesClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
        this.installed = new Installed(client);
    }

    /** All requirements; only the first where the cluster can't be reached. */
    public List<Requirement> run() {
        Requirement cluster = cluster();
        if (!cluster.well()) {
            return List.of(cluster);
        }
        List<Requirement> all = new ArrayList<>(List.of(cluster));
        all.add(look("KubeVirt", this::kubevirt));
        all.add(look("Multus", this::multus));
        all.add(look("rights", this::rights));
        all.add(look("storage", this::storage));
        all.add(look("nodes", this::nodes));
        return all;
    }

    private interface Look {
        Requirement at(String subject);
    }

    /** One that may not be asked about is not well. */
    private static Requirement look(String subject, Look look) {
        try {
            return look.at(subject);
        } catch (LabFailure failure) {
            return new Requirement(subject, false, failure.why(), failure.next());
        } catch (KubernetesClientException error) {
            LabFailure failure = ClusterErrors.failure("tell of " + subject, error);
            return new Requirement(subject, false, failure.why(), failure.next());
        }
    }

    private Requirement cluster() {
        String where = client.getMasterUrl().toString();
        try {
            return new Requirement("cluster", true, where + ", Kubernetes " + installed.kubernetes(), "");
        } catch (LabFailure failure) {
            return new Requirement("cluster", false, where + ": " + failure.why(), failure.next());
        }
    }

    private Requirement kubevirt(String subject) {
        if (!isKnown(Kinds.MACHINE)) {
            return new Requirement(
                    subject,
                    false,
                    "the cluster does not know " + Kinds.definition(Kinds.MACHINE),
                    "install KubeVirt 1.5 or later: kubevirt.io/user-guide/cluster_admin/installation");
        }
        Optional<GenericKubernetesResource> found = installed.find();
        String phase = found.map(it -> MachineState.text(it, "status", "phase")).orElse("");
        String version = found.map(it -> MachineState.text(it, "status", "observedKubeVirtVersion"))
                .orElse("");
        boolean isDeployed = phase.equals("Deployed");
        return new Requirement(
                subject,
                isDeployed,
                isDeployed
                        ? version + (installed.mayEmulate() ? ", which may emulate" : "")
                        : found.isEmpty()
                                ? "no KubeVirt object asks for it"
                                : "its phase is " + phase + ", not Deployed",
                isDeployed ? "" : "see what it waits for: kubectl get kubevirt -A -o yaml");
    }

    private Requirement multus(String subject) {
        boolean isThere = isKnown(Kinds.NETWORK);
        return new Requirement(
                subject,
                isThere,
                (isThere ? "the cluster knows " : "the cluster does not know ") + Kinds.definition(Kinds.NETWORK),
                isThere ? "" : "install Multus: github.com/k8snetworkplumbingwg/multus-cni");
    }

    private boolean isKnown(ResourceDefinitionContext kind) {
        APIResourceList known = client.getApiResources(Kinds.apiVersion(kind));
        return known != null
                && known.getResources().stream().anyMatch(each -> each.getName().equals(kind.getPlural()));
    }

    private Requirement rights(String subject) {
        List<String> missing = Rights.missing(client);
        return new Requirement(
                subject,
                missing.isEmpty(),
                missing.isEmpty() ? "all that labs need" : "you may not " + String.join(", ", missing),
                missing.isEmpty()
                        ? ""
                        : "ask an administrator for them: lab doctor --engine kubevirt --role prints a ClusterRole with all");
    }

    private Requirement storage(String subject) {
        List<StorageClass> all = client.storage().v1().storageClasses().list().getItems();
        Optional<StorageClass> chosen = all.stream()
                .filter(each -> settings.storageClass()
                        .map(wanted -> wanted.equals(each.getMetadata().getName()))
                        .orElseGet(() -> isDefault(each)))
                .findFirst();
        if (chosen.isPresent()) {
            StorageClass its = chosen.get();
            String name = its.getMetadata().getName();
            return new Requirement(
                    subject,
                    true,
                    "class " + name + " of " + its.getProvisioner() + (isDefault(its) ? ", the default" : "")
                            + (Boolean.TRUE.equals(its.getAllowVolumeExpansion())
                                    ? "; disks can grow"
                                    : "; disks can't grow (allowVolumeExpansion)"),
                    "");
        }
        String names = all.isEmpty()
                ? "it has none"
                : "it has "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(each -> each.getMetadata().getName())
                                        .toList());
        return new Requirement(
                subject,
                false,
                settings.storageClass()
                                .map(wanted -> "the cluster has no storage class " + wanted)
                                .orElse("the cluster has no default storage class")
                        + "; " + names,
                "name one for the nodes' disks: --storage-class NAME");
    }

    private static boolean isDefault(StorageClass storage) {
        return storage.getMetadata().getAnnotations() != null
                && "true".equals(storage.getMetadata().getAnnotations().get(DEFAULT_CLASS));
    }

    /** Those that may carry machines; a lab on a bridge is on one of them, whole. */
    private Requirement nodes(String subject) {
        List<Node> fit = client.nodes().withLabels(settings.nodeSelector()).list().getItems().stream()
                .filter(node -> !Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .toList();
        boolean mayEmulate = installed.mayEmulate();
        List<Node> able =
                fit.stream().filter(node -> mayEmulate || has(node, KVM)).toList();
        Optional<Node> largest = able.stream().max(Comparator.comparing(ClusterCheck::memory));
        if (largest.isEmpty()) {
            return new Requirement(
                    subject,
                    false,
                    fit.isEmpty()
                            ? "none may carry machines"
                            : "none of " + fit.size() + " has KVM (" + KVM + "), and KubeVirt may not emulate",
                    "take nodes with virtualisation, or let KubeVirt emulate: spec.configuration.developerConfiguration.useEmulation");
        }
        return new Requirement(
                subject,
                true,
                "%s can carry machines; the largest, %s, has %s of memory for pods"
                        .formatted(
                                able.size(),
                                largest.get().getMetadata().getName(),
                                new Bytes(memory(largest.get()).longValue())),
                "");
    }

    private static boolean has(Node node, String resource) {
        return Optional.ofNullable(node.getStatus().getAllocatable())
                .map(all -> all.get(resource))
                .filter(quantity -> quantity.getNumericalAmount().signum() > 0)
                .isPresent();
    }

    private static BigDecimal memory(Node node) {
        return Optional.ofNullable(node.getStatus().getAllocatable())
                .map(all -> all.get("memory"))
                .map(Quantity::getNumericalAmount)
                .orElse(BigDecimal.ZERO);
    }
}
