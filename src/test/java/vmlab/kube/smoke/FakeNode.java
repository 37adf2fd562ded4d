package vmlab.kube.smoke;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import vmlab.kube.ClusterObjects;

/** Does to the mock API server's objects what controllers, a kubelet and kube-proxy would; its NodePort is a real server. */
final class FakeNode implements AutoCloseable {

    private final KubernetesClient client;
    private final String namespace;
    private final UnaryOperator<Pod> kubelet;
    private final HttpServer nodePort;
    private final Thread thread;

    FakeNode(KubernetesClient client, String namespace, UnaryOperator<Pod> kubelet) throws Exception {
        this.client = client;
        this.namespace = namespace;
        this.kubelet = kubelet;
        nodePort = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        nodePort.createContext("/hostname", exchange -> {
            byte[] name = Fixtures.SERVER.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, name.length);
            exchange.getResponseBody().write(name);
            exchange.close();
        });
        nodePort.start();
        client.resource(ClusterObjects.readyNode("cp")).create();
        client.resource(ClusterObjects.runningPod("kube-system", "coredns-1")).create();
        thread = Thread.ofVirtual().start(this::work);
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
        Service service = client.services()
                .inNamespace(namespace)
                .withName(Fixtures.SERVICE)
                .get();
        if (service == null) {
            return;
        }
        if (service.getSpec().getClusterIP() == null) {
            client.resource(new ServiceBuilder(service)
                            .editSpec()
                            .withClusterIP("10.96.0.42")
                            .editFirstPort()
                            .withNodePort(nodePort.getAddress().getPort())
                            .endPort()
                            .endSpec()
                            .build())
                    .update();
        }
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
            if (pod.getStatus() == null || pod.getStatus().getPhase() == null) {
                client.resource(kubelet.apply(pod)).update();
            }
        }
    }

    /** A kubelet that starts whatever it gets. */
    static Pod started(Pod pod) {
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
        nodePort.stop(0);
    }
}
