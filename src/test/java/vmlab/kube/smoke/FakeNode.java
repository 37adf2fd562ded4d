package vmlab.kube.smoke;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import vmlab.kube.ClusterObjects;

/**
 * Does to the mock API server's objects what controllers, kubelets and kube-proxy would. The NodePort is a real server at a loopback
 * address of each node's own.
 */
final class FakeNode implements AutoCloseable {

    private final KubernetesClient client;
    private final String namespace;
    private final UnaryOperator<Pod> kubelet;
    private final List<String> nodes;
    private final List<HttpServer> nodePorts = new ArrayList<>();
    private final Thread thread;

    /** What a pod on {@code node} finds when it is told to ask {@code host}: the page of agnhost's {@code /dial}. */
    interface Dial {
        String ask(String node, String host);
    }

    FakeNode(KubernetesClient client, String namespace, UnaryOperator<Pod> kubelet) throws Exception {
        this(client, namespace, kubelet, List.of("cp"), (node, host) -> "{}");
    }

    FakeNode(KubernetesClient client, String namespace, UnaryOperator<Pod> kubelet, List<String> nodes, Dial dial)
            throws Exception {
        this.client = client;
        this.namespace = namespace;
        this.kubelet = kubelet;
        this.nodes = nodes;
        for (String node : nodes) {
            serve(node, dial);
            Node ready = ClusterObjects.readyNode(node);
            ready.getStatus().getAddresses().getFirst().setAddress(address(node));
            client.resource(ready).create();
        }
        client.resource(ClusterObjects.runningPod("kube-system", "coredns-1")).create();
        thread = Thread.ofVirtual().start(this::work);
    }

    private String address(String node) {
        return "127.0.0." + (1 + nodes.indexOf(node));
    }

    private void serve(String node, Dial dial) throws IOException {
        int port = nodePorts.isEmpty() ? 0 : nodePorts.getFirst().getAddress().getPort();
        HttpServer server = HttpServer.create(new InetSocketAddress(address(node), port), 0);
        server.createContext("/", exchange -> answer(exchange, "NOW: " + now() + " +0000 UTC m=+12.5"));
        server.createContext("/hostname", exchange -> answer(exchange, Fixtures.SERVER));
        server.createContext("/dial", exchange -> {
            String host = exchange.getRequestURI().getQuery().replaceAll(".*&host=", "");
            answer(exchange, dial.ask(node, host));
        });
        server.start();
        nodePorts.add(server);
    }

    private static String now() {
        return LocalDateTime.now(ZoneOffset.UTC).toString().replace('T', ' ');
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private void work() {
        while (!Thread.interrupted()) {
            try {
                Thread.sleep(50);
                tick();
            } catch (InterruptedException ended) {
                return;
            } catch (KubernetesClientException closing) {
                // the test is over
            }
        }
    }

    private void tick() {
        if (client.namespaces().withName(namespace).get() == null) {
            client.pods().inNamespace(namespace).delete();
            return;
        }
        if (client.serviceAccounts().inNamespace(namespace).withName("default").get() == null) {
            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("default")
                            .endMetadata()
                            .build())
                    .create();
        }
        // The service is made after the pods: they start once it is there too.
        if (client.services().inNamespace(namespace).withName(Fixtures.SERVICE).get() == null) {
            return;
        }
        for (Service service : client.services().inNamespace(namespace).list().getItems()) {
            if (service.getSpec().getClusterIP() == null) {
                client.resource(new ServiceBuilder(service)
                                .editSpec()
                                .withClusterIP("10.96.0.42")
                                .editFirstPort()
                                .withNodePort(nodePorts.getFirst().getAddress().getPort())
                                .endPort()
                                .endSpec()
                                .build())
                        .update();
            }
        }
        for (DaemonSet set :
                client.apps().daemonSets().inNamespace(namespace).list().getItems()) {
            for (String node : nodes) {
                String name = set.getMetadata().getName() + "-" + node;
                if (client.pods().inNamespace(namespace).withName(name).get() == null) {
                    client.resource(onNode(set, name, node)).create();
                }
            }
        }
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            if (pod.getStatus() == null || pod.getStatus().getPhase() == null) {
                client.resource(kubelet.apply(pod)).update();
            }
        }
    }

    private Pod onNode(DaemonSet set, String name, String node) {
        Pod pod = new PodBuilder(ClusterObjects.runningPod(namespace, name))
                .editMetadata()
                .withLabels(set.getSpec().getTemplate().getMetadata().getLabels())
                .endMetadata()
                .build();
        pod.getSpec().setNodeName(node);
        pod.getStatus().setPodIP("10.244." + nodes.indexOf(node) + ".9");
        return pod;
    }

    /** A kubelet that starts whatever it gets; what a pod is to do with a volume is done at once. */
    static Pod started(Pod pod) {
        return List.of(VolumePods.WRITER, VolumePods.READER)
                        .contains(pod.getMetadata().getName())
                ? ended(pod, "Succeeded")
                : running(pod);
    }

    /** A pod that has ended. */
    static Pod ended(Pod pod, String phase) {
        return new PodBuilder(running(pod))
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static Pod running(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .withNodeName("cp")
                .endSpec()
                .withStatus(ClusterObjects.runningPod("any", "any").getStatus())
                .build();
    }

    @Override
    public void close() {
        thread.interrupt();
        nodePorts.forEach(server -> server.stop(0));
    }
}
