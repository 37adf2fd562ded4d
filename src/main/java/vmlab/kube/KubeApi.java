package vmlab.kube;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import vmlab.run.Reading;

/**
 * One API server, through one client whose connection is kept: a TLS handshake costs an emulated guest a second. Requests are tried
 * once, and given long: one given up only makes room for a handshake more. Whoever waits looks again. Safe for several threads.
 */
public final class KubeApi implements AutoCloseable {

    /** How long one request may take, a TLS handshake before it included. */
    private static final Duration REQUEST = Duration.ofSeconds(60);

    /** How long one look waits for the API's first word; what it asked stays under way. */
    static final Duration LOOK = Duration.ofSeconds(15);

    /** Answered from the API server's memory, without asking etcd. */
    private static final ListOptions CACHED =
            new ListOptionsBuilder().withResourceVersion("0").build();

    private final KubernetesClient client;
    private final Readyz readyz;

    /** Talks through {@code client}, and closes it in the end. */
    public KubeApi(KubernetesClient client) {
        this(client, LOOK);
    }

    private KubeApi(KubernetesClient client, Duration look) {
        this.client = client;
        this.readyz = new Readyz(client, look, REQUEST);
    }

    /** A client for the cluster that {@code kubeconfig} names; the user's own kubeconfig and environment play no part. */
    public static KubeApi of(Kubeconfig kubeconfig) {
        return of(kubeconfig, LOOK);
    }

    static KubeApi of(Kubeconfig kubeconfig, Duration look) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(kubeconfig.server())
                .withCaCertData(kubeconfig.authorityData())
                .withClientCertData(kubeconfig.certificateData())
                .withClientKeyData(kubeconfig.keyData())
                .withClientKeyAlgo(Pem.algorithm(kubeconfig.certificate()))
                .withConnectionTimeout((int) REQUEST.toMillis())
                .withRequestTimeout((int) REQUEST.toMillis())
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(0)
                .withOnlyHttpWatches(true)
                .build();
        return new KubeApi(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build(),
                look);
    }

    /** The Fabric8 client, for what is said nowhere else. */
    public KubernetesClient client() {
        return client;
    }

    /** The API server's version: {@code v1.36.3}. */
    public String version() {
        return String.valueOf(client.getKubernetesVersion().getGitVersion());
    }

    /** Why the API server is not ready, by its own word; empty if it is. */
    public Optional<String> unready() throws InterruptedException {
        return readyz.unready();
    }

    /** Whether the API server says of itself that it is ready, for somebody who waits for that. */
    public Reading<String> health() throws InterruptedException {
        try {
            return unready().<Reading<String>>map(Reading.NotYet::new).orElseGet(() -> new Reading.Ready<>("ready"));
        } catch (KubernetesClientException error) {
            return ApiWords.of(error);
        }
    }

    /**
     * One look at the whole cluster: the API answers {@code /readyz}, each of {@code nodes} (and any other) is Ready and has an InternalIP,
     * and the pods of kube-system run. Ready says so of this moment only; {@link Readiness} wants it to last.
     */
    public Reading<ClusterState> look(Set<String> nodes) throws InterruptedException {
        return look(nodes, node -> {});
    }

    /** The same, passing on each node that the API knows. */
    Reading<ClusterState> look(Set<String> nodes, Consumer<Node> seen) throws InterruptedException {
        try {
            Optional<String> starting = unready();
            if (starting.isPresent()) {
                return new Reading.NotYet<>(starting.get());
            }
            List<Node> found = client.nodes().list(CACHED).getItems();
            found.forEach(seen);
            Optional<Reading<ClusterState>> node = firstUnready(nodes, found);
            if (node.isPresent()) {
                return node.get();
            }
            List<Pod> pods =
                    client.pods().inNamespace("kube-system").list(CACHED).getItems();
            if (pods.isEmpty()) {
                return new Reading.NotYet<>("no system pods yet");
            }
            Optional<Reading<ClusterState>> pod = firstNotRunning(pods);
            return pod.orElseGet(() -> new Reading.Ready<>(ClusterState.of(found, pods)));
        } catch (KubernetesClientException error) {
            return ApiWords.of(error);
        }
    }

    private static Optional<Reading<ClusterState>> firstUnready(Set<String> nodes, List<Node> found) {
        Set<String> missing = new TreeSet<>(nodes);
        found.forEach(node -> missing.remove(node.getMetadata().getName()));
        if (!missing.isEmpty() || found.isEmpty()) {
            return Optional.of(new Reading.NotYet<>(
                    switch (missing.size()) {
                        case 0 -> "API answers, no node has registered";
                        case 1 -> "node " + String.join("", missing) + " has not registered";
                        default -> "nodes " + String.join(", ", missing) + " have not registered";
                    }));
        }
        return found.stream()
                .flatMap(node -> NodeWords.unready(node).stream())
                .findFirst()
                .map(Reading.NotYet::new);
    }

    private static Optional<Reading<ClusterState>> firstNotRunning(List<Pod> pods) {
        List<Reading<ClusterState>> waiting = new ArrayList<>();
        for (Pod pod : pods) {
            if (PodWords.counts(pod)) {
                Optional<String> hopeless = PodWords.hopeless(pod);
                if (hopeless.isPresent()) {
                    return Optional.of(
                            new Reading.Never<>(PodWords.name(pod) + " " + hopeless.get(), PodWords.next(pod)));
                }
                PodWords.notRunning(pod)
                        .ifPresent(why -> waiting.add(new Reading.NotYet<>(PodWords.name(pod) + " " + why)));
            }
        }
        return waiting.stream().findFirst();
    }

    @Override
    public void close() {
        readyz.abandon();
        client.close();
    }
}
