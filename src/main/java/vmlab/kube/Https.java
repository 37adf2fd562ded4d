package vmlab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * An API server, asked over the JDK's own HTTPS: starting the full client takes longer than a question or two. Whoever asks again has the
 * same connection again, for a handshake is what costs an emulated node the most.
 */
final class Https {

    /** Enough to be let in by a cluster that has nothing else to do. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final char[] NO_PASSWORD = {};
    private static final JsonMapper JSON = new JsonMapper();

    private final String server;
    private final SSLSocketFactory sockets;

    /** {@code access} has a key in PKCS#8, as {@link ClusterKeys#adminKubeconfig} makes it. */
    Https(Kubeconfig access) throws IOException {
        this.server = access.server();
        try {
            this.sockets = tls(access).getSocketFactory();
        } catch (GeneralSecurityException error) {
            throw new IOException(error);
        }
    }

    /** What the API answers to GET {@code path}; a request that it refuses is an error like one that it does not answer. */
    JsonNode get(String path, Duration limit) throws IOException {
        try (InputStream answer = request(path, limit)) {
            return JSON.readTree(answer);
        }
    }

    /** The same of an answer that goes on, until {@code goesOn} says of a part that it is enough, or the API ends it. */
    void watch(String path, Duration limit, Predicate<JsonNode> goesOn) throws IOException {
        try (InputStream answer = request(path, limit);
                MappingIterator<JsonNode> parts = JSON.readerFor(JsonNode.class).readValues(answer)) {
            while (parts.hasNextValue() && goesOn.test(parts.nextValue())) {
                // The next one.
            }
        }
    }

    private InputStream request(String path, Duration limit) throws IOException {
        var request = (HttpsURLConnection) URI.create(server + path).toURL().openConnection();
        request.setSSLSocketFactory(sockets);
        request.setConnectTimeout((int) CONNECT.toMillis());
        request.setReadTimeout((int) limit.toMillis());
        return request.getInputStream();
    }

    private static SSLContext tls(Kubeconfig access) throws GeneralSecurityException, IOException {
        Certificate own = Pem.certificate(access.certificate());
        PrivateKey key = KeyFactory.getInstance(Pem.algorithm(access.certificate()))
                .generatePrivate(new PKCS8EncodedKeySpec(Pem.der(access.key())));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("user", key, NO_PASSWORD, new Certificate[] {own});
        store.setCertificateEntry("authority", Pem.certificate(access.authority()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
