package vmlab.kube;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * What an API server tells a node that comes with its token: the same TLS handshake, trusting the same CA, and one request. Over any
 * connection, so also over one that the node itself made.
 */
public final class JoinProbe {

    /** As long as it may take an API server that starves: to give a handshake up only makes room for another one. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private JoinProbe() {}

    /**
     * Tries.
     *
     * @param way where to connect to, to get to the server that the token names
     * @return why the node would not be let in; empty where it would
     */
    public static Optional<String> refusal(TokenFile token, InetSocketAddress way) {
        URI server = URI.create(token.server());
        String where = server.getHost() + ":" + server.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(way, (int) LIMIT.toMillis());
            plain.setSoTimeout((int) LIMIT.toMillis());
            try (SSLSocket tls = (SSLSocket) trusting(token.authority())
                    .getSocketFactory()
                    .createSocket(plain, server.getHost(), server.getPort(), true)) {
                SSLParameters checked = tls.getSSLParameters();
                checked.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(checked);
                try {
                    tls.startHandshake();
                } catch (IOException refused) {
                    return Optional.of(
                            "TLS with " + where + " fails, trusting the CA in its token: " + refused.getMessage());
                }
                return judge(ask(tls, server, token.token()), where, token);
            }
        } catch (IOException error) {
            return Optional.of("HTTPS with " + where + " breaks off: " + error.getMessage());
        } catch (GeneralSecurityException error) {
            return Optional.of("the CA certificate in its token cannot be used: " + error.getMessage());
        }
    }

    private static Optional<String> judge(String status, String where, TokenFile token) {
        String id = token.token().split("\\.")[0];
        return status.startsWith("HTTP/1.1 401")
                ? Optional.of(
                        "the API at " + where + " refuses its token (401 Unauthorized): the Secret bootstrap-token-"
                                + id + " of kube-system is missing or has expired")
                : Optional.empty();
    }

    /** The first line of the answer. A path that needs no right but being somebody. */
    private static String ask(SSLSocket tls, URI server, String token) throws IOException {
        String request = "GET /api HTTP/1.1\r\nHost: " + server.getHost() + "\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n";
        tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        tls.getOutputStream().flush();
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.US_ASCII));
        return String.valueOf(answer.readLine());
    }

    private static SSLContext trusting(String authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("authority", Pem.certificate(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
