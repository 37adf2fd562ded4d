package vmlab.kube;

import com.sun.net.httpserver.HttpsServer;

/** What a worker finds at the API's address: TLS with a certificate of the cluster's CA, and 401 for a token that is not known. */
public final class JoinServer implements AutoCloseable {

    private final HttpsServer server;

    /** The API of a cluster with these keys, which knows {@code token}. */
    public JoinServer(ClusterKeys cluster, JoinToken token) throws Exception {
        server = ClusterTls.server(cluster);
        server.createContext("/", exchange -> {
            String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(shown.equals("Bearer " + token) ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
    }

    /** {@code https://127.0.0.1:port}. */
    public String url() {
        return ClusterTls.url(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
