package vmlab.kube;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server that starves: it has the cluster's certificate, and whatever a client sends reaches it late. Counts what it is asked to
 * do: handshakes, each of which would cost an emulated guest a second of its processor, and requests.
 */
public final class StarvingApi implements AutoCloseable {

    private final HttpsServer server;
    private final ServerSocket entrance;
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
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** {@code https://127.0.0.1:port}. */
    public String url() {
        return "https://127.0.0.1:" + entrance.getLocalPort();
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
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Thread.startVirtualThread(() -> pass(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket client) {
        try (client;
                Socket to = new Socket(
                        InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            Thread back = Thread.startVirtualThread(() -> copy(to, client, false));
            copy(client, to, true);
            back.join();
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    private void copy(Socket from, Socket to, boolean isAsking) {
        byte[] buffer = new byte[16 * 1024];
        boolean isFirst = true;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isAsking) {
                    // A connection that only sees whether anybody listens is none.
                    handshakes.addAndGet(isFirst ? 1 : 0);
                    isFirst = false;
                    Thread.sleep(lag);
                }
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        server.stop(0);
    }
}
