package vmlab.kube;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a worker finds at the API's address: TLS with a certificate of the cluster's CA, and 401 for a token that is not known. */
public final class JoinServer implements AutoCloseable {

    private final HttpsServer server;

    /** The API of a cluster with these keys, which knows {@code token}. */
    public JoinServer(ClusterKeys cluster, JoinToken token) throws Exception {
        KeyPair pair = CertificateAuthority.rsa();
        var authority = new CertificateAuthority(
                Pem.certificate(cluster.files().get("ca.crt")),
                Pem.rsaPkcs8(cluster.files().get("ca.key")));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", pair.getPrivate(), new char[0], new Certificate[] {
            ServerCertificates.sign(authority, pair.getPublic(), "127.0.0.1")
        });
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(shown.equals("Bearer " + token) ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
    }

    /** {@code https://127.0.0.1:port}. */
    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
