package vmlab.kubevirt;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import vmlab.engine.Road;
import vmlab.net.Forward;
import vmlab.net.ProxyWay;

/** To a lab's nodes by the proxy in its gateway. */
final class GatewayRoad implements Road {

    private final ProxyWay way;
    private final Closeable toProxy;

    private GatewayRoad(Forward.Target proxy, Closeable toProxy) {
        this.way = new ProxyWay(proxy);
        this.toProxy = toProxy;
    }

    /** That of the lab in {@code namespace}, through the API server. */
    static GatewayRoad into(KubernetesClient client, String namespace) {
        PodForward forward = new PodForward(client, namespace);
        return new GatewayRoad(forward, forward);
    }

    /** By a proxy that is at hand. */
    static GatewayRoad by(InetSocketAddress proxy) {
        return new GatewayRoad(Forward.Target.at(proxy), () -> {});
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
    public void close() {
        try (toProxy) {
            way.close();
        } catch (IOException closedAnyway) {
            return;
        }
    }
}
