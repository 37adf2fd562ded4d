package vmlab.kube;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * One cheap look at a cluster that is thought to be up: a single request over the JDK's own HTTPS. Starting the full client for it would
 * take longer than all the rest of an {@code up} that finds nothing to do.
 */
public final class FirstLook {

    /** Enough for a cluster that has nothing else to do. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final char[] NO_PASSWORD = {};

    private FirstLook() {}

    /**
     * Whether the API answers and says of each of {@code nodes} that it is Ready. Anything else is a no, to be looked into by
     * {@link Readiness}.
     *
     * @param access with a key in PKCS#8, as {@link ClusterKeys#adminKubeconfig} makes it
     */
    public static boolean isReady(Kubeconfig access, Set<String> nodes) {
        return isReady(access, nodes, LIMIT);
    }

    /** The same, with so much time to answer for an API that may have other things to do. */
    public static boolean isReady(Kubeconfig access, Set<String> nodes, Duration limit) {
        try {
            return readyNodes(get(access, "/api/v1/nodes?resourceVersion=0", limit))
                    .containsAll(nodes);
        } catch (IOException no) {
            return false;
        }
    }

    /** What the API answers to GET {@code path}; a request that it refuses is an error like one that it does not answer. */
    static JsonNode get(Kubeconfig access, String path, Duration limit) throws IOException {
        try {
            var request = (HttpsURLConnection)
                    URI.create(access.server() + path).toURL().openConnection();
            request.setSSLSocketFactory(tls(access).getSocketFactory());
            request.setConnectTimeout((int) LIMIT.toMillis());
            request.setReadTimeout((int) limit.toMillis());
            try (InputStream answer = request.getInputStream()) {
                return new JsonMapper().readTree(answer);
            }
        } catch (GeneralSecurityException error) {
            throw new IOException(error);
        }
    }

    private static Set<String> readyNodes(JsonNode list) {
        Set<String> ready = new HashSet<>();
        for (JsonNode node : list.path("items")) {
            for (JsonNode condition : node.path("status").path("conditions")) {
                if (condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True")) {
                    ready.add(node.path("metadata").path("name").asText());
                }
            }
        }
        return ready;
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
