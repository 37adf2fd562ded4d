package vmlab.kube;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server that starves: HTTP/2 as a real one, with the cluster's certificate, and whatever a client sends reaches it late. Counts
 * what it is asked to do: handshakes, each of which would cost an emulated guest a second of its processor, and requests.
 */
public final class StarvingApi implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final ServerSocket entrance;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Duration lag;

    /** One of the cluster with these keys; all that it is sent arrives {@code lag} later. */
    public StarvingApi(ClusterKeys cluster, Duration lag) throws Exception {
        this.lag = lag;
        KeyPair pair = CertificateAuthority.rsa();
        var authority = new CertificateAuthority(
                Pem.certificate(cluster.files().get("ca.crt")),
                Pem.rsaPkcs8(cluster.files().get("ca.key")));
        String certificate = Pem.of(ServerCertificates.sign(authority, pair.getPublic(), "127.0.0.1"));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificate))
                                .addKeyValue(Buffer.buffer(Pem.pkcs8(pair.getPrivate())))))
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().end("ok");
                });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
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
                Socket to = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
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
    public void close() throws Exception {
        entrance.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
