package vmlab.kube;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** HTTPS on loopback as a cluster's API server has it: with a certificate of the cluster's CA. */
public final class ClusterTls {

    private ClusterTls() {}

    /** A server at a free port of 127.0.0.1 that has no answers yet and is not started. */
    public static HttpsServer server(ClusterKeys cluster) throws Exception {
        return server(cluster, new InetSocketAddress("127.0.0.1", 0));
    }

    /** {@code https://127.0.0.1:port}. */
    public static String url(HttpsServer server) {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The same at an address that is given. */
    public static HttpsServer server(ClusterKeys cluster, InetSocketAddress address) throws Exception {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(cluster, address.getHostString())));
        return server;
    }

    private static SSLContext context(ClusterKeys cluster, String host) throws Exception {
        KeyPair pair = CertificateAuthority.rsa();
        var authority = new CertificateAuthority(
                Pem.certificate(cluster.files().get("ca.crt")),
                Pem.rsaPkcs8(cluster.files().get("ca.key")));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", pair.getPrivate(), new char[0], new Certificate[] {
            ServerCertificates.sign(authority, pair.getPublic(), host)
        });
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
