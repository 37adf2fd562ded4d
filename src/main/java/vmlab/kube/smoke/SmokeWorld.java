package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import vmlab.kube.ApiWords;
import vmlab.kube.KubeApi;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.run.Waiter;

/** The namespace in which the checks work, and what they share to look at it. */
final class SmokeWorld {

    private static final Duration PACE = Duration.ofSeconds(1);

    /** So many commands in pods that never end can be tried within a check's limit. */
    private static final int EXECS = 3;

    private final KubeApi api;
    private final Run run;
    private final Duration limit;
    private final String namespace;
    private final HopWitness witness;
    private final boolean storage;
    private final UnaryOperator<InetSocketAddress> road;
    private volatile boolean exists;

    SmokeWorld(
            KubeApi api,
            Run run,
            Duration limit,
            String namespace,
            HopWitness witness,
            boolean storage,
            UnaryOperator<InetSocketAddress> road) {
        this.api = api;
        this.run = run;
        this.limit = limit;
        this.namespace = namespace;
        this.witness = witness;
        this.storage = storage;
        this.road = road;
    }

    KubeApi api() {
        return api;
    }

    KubernetesClient client() {
        return api.client();
    }

    /** Where this host connects to, for an address of the lab. */
    UnaryOperator<InetSocketAddress> road() {
        return road;
    }

    String namespace() {
        return namespace;
    }

    /** Whether there may be something to clean up. */
    boolean exists() {
        return exists;
    }

    /** Waits within a check: an API that does not answer just now is a reason, not an end. */
    <T> T await(String what, Waiter.Probe<T> probe) throws InterruptedException {
        return run.await("", what, limit).every(PACE).until(() -> {
            try {
                return probe.read();
            } catch (KubernetesClientException error) {
                return ApiWords.of(error);
            }
        });
    }

    /** Waits for something between two nodes; when it does not come, the failure says what the nodes know of the road. */
    <T> T across(String what, NodeView from, NodeView to, Waiter.Probe<T> probe) throws InterruptedException {
        try {
            return await(what, probe);
        } catch (LabFailure failure) {
            String seen = witness.trace(new HopWitness.Hop(
                    from.node(),
                    from.nodeAddress(),
                    from.podAddress(),
                    to.node(),
                    to.nodeAddress(),
                    to.podAddress(),
                    Fixtures.SERVER_PORT));
            throw seen.isEmpty()
                    ? failure
                    : LabFailure.lab(failure.what(), failure.why() + "\n" + seen, failure.next());
        }
    }

    /** Makes the namespace and all that is in it. Can be repeated: what is there already stays. */
    void create() throws InterruptedException {
        exists = true;
        await("the smoke tests' namespace", () -> {
            make(client().resource(new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(namespace)
                    .endMetadata()
                    .build()));
            return new Reading.Ready<>(namespace);
        });
        await("the smoke tests' pods", () -> {
            if (client().serviceAccounts()
                            .inNamespace(namespace)
                            .withName("default")
                            .get()
                    == null) {
                return new Reading.NotYet<>("controller-manager has not made the namespace's service account");
            }
            List<HasMetadata> items = new ArrayList<>(
                    List.of(Fixtures.configMap(), Fixtures.server(), Fixtures.client(), Fixtures.service()));
            if (nodes().size() > 1) {
                items.add(Everywhere.daemonSet());
                items.add(Everywhere.service());
            }
            if (storage) {
                // The first of two pods that come one after the other: it starts while the others do.
                items.add(VolumePods.claim());
                items.add(VolumePods.writer());
            }
            for (HasMetadata item : items) {
                make(client().resource(item).inNamespace(namespace));
            }
            return new Reading.Ready<>(namespace);
        });
    }

    /** Makes one thing more in the namespace. Can be repeated: what is there already stays. */
    void make(String what, HasMetadata item) throws InterruptedException {
        await(what, () -> {
            make(client().resource(item).inNamespace(namespace));
            return new Reading.Ready<>(what);
        });
    }

    /** The cluster's nodes. */
    List<Node> nodes() {
        return client().nodes().list().getItems();
    }

    /** The port at which every node leads to this service. */
    int nodePort(String service) {
        return service(service).getSpec().getPorts().getFirst().getNodePort();
    }

    NonNamespaceOperation<Pod, PodList, PodResource> pods() {
        return client().pods().inNamespace(namespace);
    }

    Pod pod(String name) {
        return pods().withName(name).require();
    }

    Service service(String name) {
        return client().services().inNamespace(namespace).withName(name).require();
    }

    /** The last lines of a pod's log. */
    String log(String pod, int lines) {
        return client().pods()
                .inNamespace(namespace)
                .withName(pod)
                .withReadyWaitTimeout(0)
                .tailingLines(lines)
                .getLog();
    }

    /** Runs {@code /agnhost args…} in the client pod. */
    ExecResult exec(String... args) throws InterruptedException {
        return ExecResult.of(
                client().pods().inNamespace(namespace).withName(Fixtures.CLIENT), limit.dividedBy(EXECS), args);
    }

    /** Asks for the removal of all pods, and of what would make others. */
    void removePods() {
        client().apps().daemonSets().inNamespace(namespace).delete();
        pods().delete();
    }

    /** Asks for the namespace's removal; the cluster does it in its own time. */
    void remove() {
        client().namespaces().withName(namespace).delete();
    }

    /** Says that nothing is left. */
    void gone() {
        exists = false;
    }

    /** The last attempt to leave nothing behind when the suite was cut short; quiet, since its failure is not the news. */
    void abandon() {
        if (exists) {
            boolean interrupted = Thread.interrupted();
            try {
                remove();
            } catch (KubernetesClientException unreachable) {
                // the namespace goes with the lab
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void make(Resource<?> resource) {
        try {
            resource.create();
        } catch (KubernetesClientException error) {
            if (error.getCode() != 409) {
                throw error;
            }
        }
    }
}
