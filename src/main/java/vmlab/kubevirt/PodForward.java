package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import vmlab.net.ConnectProxy;
import vmlab.net.Forward;

/** Through the API server into the loopback of a gateway's pod, to the proxy there. */
final class PodForward implements Forward.Target, Closeable {

    private final KubernetesClient client;
    private final String namespace;
    private Optional<LocalPortForward> forward = Optional.empty();

    PodForward(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Override
    public SocketChannel connect() throws IOException {
        return SocketChannel.open(new InetSocketAddress("127.0.0.1", port()));
    }

    /** A pod that was made anew wants a forward anew. */
    private synchronized int port() throws IOException {
        if (forward.filter(it -> it.isAlive() && !it.errorOccurred()).isEmpty()) {
            close();
            forward = Optional.of(ClusterErrors.call("lead to the gateway of " + namespace, () -> client.pods()
                    .inNamespace(namespace)
                    .withName(GatewayObjects.NAME)
                    .portForward(ConnectProxy.GATEWAY_PORT)));
        }
        return forward.get().getLocalPort();
    }

    @Override
    public synchronized void close() throws IOException {
        if (forward.isPresent()) {
            forward.get().close();
            forward = Optional.empty();
        }
    }
}
