package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.kube.ClusterKeys;
import vmlab.kube.ClusterTls;

/** Whether a server is trusted whose certificate a CA of the test's signed. */
class TrustTest {

    @TempDir
    private Path folder;

    private HttpsServer server;
    private Path ca = Path.of("/");

    @BeforeEach
    void aServer() throws Exception {
        ClusterKeys keys = ClusterKeys.create();
        ca = Files.writeString(folder.resolve("ca.crt"), keys.files().get("ca.crt"));
        server = ClusterTls.server(keys);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private int answer(SSLContext trust) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(ClusterTls.url(server)))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void whatTheEnvironmentNamesIsTrusted() throws IOException, InterruptedException {
        assertThat(answer(Trust.of(Map.of("SSL_CERT_FILE", ca.toString())))).isEqualTo(204);
        assertThat(answer(Trust.ofRegistry("registry.example:5000", Map.of("SSL_CERT_FILE", ca.toString()))))
                .isEqualTo(204);
    }

    @Test
    void aStrangerIsNot() {
        assertThatThrownBy(() -> answer(Trust.of(Map.of()))).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void whatIsNoCertificateIsPassedOver() throws IOException, InterruptedException {
        Path none = Files.writeString(folder.resolve("none.crt"), "-----BEGIN CERTIFICATE-----\nno\n");

        assertThat(answer(Trust.of(List.of(none, folder.resolve("gone"), ca)))).isEqualTo(204);
        assertThatThrownBy(() -> answer(Trust.of(List.of(none)))).isInstanceOf(SSLHandshakeException.class);
    }
}
