package vmlab.kube;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import vmlab.net.Pump;

/**
 * An API server that starves: it has the cluster's certificate, and whatever a client sends reaches it late. Counts what it is asked to
 * do: handshakes, each of which would cost an emulated guest a second of its processor, and requests.
 */
public final class StarvingApi implements AutoCloseable {

    private final HttpsServer server;
    private final ServerSocketChannel entrance;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Duration lag;

    /** One of the cluster with these keys; all that it is sent arrives {@code lag} later. */
    public StarvingApi(ClusterKeys cluster, Duration lag) throws Exception {
        this.lag = lag;
        server = ClusterTls.server(cluster);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] ok = "ok".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, ok.length);
            exchange.getResponseBody().write(ok);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        entrance = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.startVirtualThread(this::accept);
    }

    /** {@code https://127.0.0.1:port}. */
    public String url() {
        return "https://127.0.0.1:" + entrance.socket().getLocalPort();
    }

    /** How many TLS handshakes were begun. */
    public int handshakes() {
        return handshakes.get();
    }

    /** How many requests came through. */
    public int requests() {
        return requests.get();
    }

    /** Starves more or less from now on. */
    public void lag(Duration other) {
        lag = other;
    }

    private void accept() {
        while (entrance.isOpen()) {
            try {
                SocketChannel client = entrance.accept();
                Thread.startVirtualThread(() -> pass(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(SocketChannel client) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        try (client;
                SocketChannel to = SocketChannel.open(server.getAddress())) {
            Pump.run(client, to, () -> late(isFirst.getAndSet(false)), () -> {});
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    /** What a client sent waits; a connection that only sees whether anybody listens is no handshake. */
    private void late(boolean isFirst) {
        handshakes.addAndGet(isFirst ? 1 : 0);
        try {
            Thread.sleep(lag);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        server.stop(0);
    }
}
