package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import vmlab.engine.Road;
import vmlab.net.ProxyWay;

/** To a lab's nodes through its gateway: the API server leads into the pod's loopback, and the proxy there to the nodes. */
final class GatewayRoad implements Road {

    /** Where the proxy listens: vmlab.gateway.Gateway. */
    static final int PROXY = 8022;

    private final KubernetesClient client;
    private final String namespace;
    private final ProxyWay way = new ProxyWay(this::connect);
    private Optional<LocalPortForward> forward = Optional.empty();

    GatewayRoad(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(new InetSocketAddress("127.0.0.1", forwarded()));
    }

    /** A pod that was made anew wants a forward anew. */
    private synchronized int forwarded() throws IOException {
        if (forward.filter(it -> it.isAlive() && !it.errorOccurred()).isEmpty()) {
            closeForward();
            forward = Optional.of(ClusterErrors.call("lead to the gateway of " + namespace, () -> client.pods()
                    .inNamespace(namespace)
                    .withName(GatewayObjects.NAME)
                    .portForward(PROXY)));
        }
        return forward.get().getLocalPort();
    }

    @Override
    public InetSocketAddress to(InetSocketAddress there) {
        return way.entrance(there);
    }

    @Override
    public boolean isOpen(InetSocketAddress there, Duration limit) {
        return way.isOpen(there, limit);
    }

    @Override
    public synchronized void close() {
        try {
            way.close();
            closeForward();
        } catch (IOException closedAnyway) {
            return;
        }
    }

    private void closeForward() throws IOException {
        if (forward.isPresent()) {
            forward.get().close();
            forward = Optional.empty();
        }
    }
}
