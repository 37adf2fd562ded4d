package vmlab.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import vmlab.kube.ClusterKeys;
import vmlab.kube.ClusterTls;

/** A controller's API: HTTPS with a certificate of the cluster's CA, and Fabric8's server behind it, which remembers. */
public final class ClusterApi implements AutoCloseable {

    private final HttpClient behind =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private final URI remembering;

    /** At {@code address}, in front of what answers at {@code remembering}. */
    public ClusterApi(ClusterKeys keys, InetSocketAddress address, String remembering) throws Exception {
        this.remembering = URI.create(remembering);
        server = ClusterTls.server(keys, address);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(remembering.resolve(exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            if (exchange.getRequestHeaders().containsKey("Content-Type")) {
                request.header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
            }
            var answer = behind.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        behind.close();
    }
}
