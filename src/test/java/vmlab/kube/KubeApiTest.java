package vmlab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vmlab.run.Reading;

/** The client against a real TLS server that knows users by certificate, as an API server does. */
class KubeApiTest {

    private static ClusterKeys keys;
    private static ClusterKeys others;
    private final AtomicReference<String> user = new AtomicReference<>("");
    private HttpsServer server;

    @BeforeAll
    static void make() throws Exception {
        keys = ClusterKeys.create();
        others = ClusterKeys.create();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void theAdminsCertificateIsWhoItTalksAs() throws Exception {
        String url = start(keys);
        try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", url))) {
            assertThat(api.version()).isEqualTo("v1.36.3");
            assertThat(user.get()).contains("CN=lab-admin").contains("O=system:masters");
        }
    }

    @Test
    void aKubeconfigAsK0sPrintsItWorksToo() throws Exception {
        String url = start(keys);
        KeyPair pair = CertificateAuthority.rsa();
        X509Certificate certificate =
                authority(keys).client("kubernetes-admin", "system:masters", pair.getPublic(), Clock.systemUTC());
        var printed = new Kubeconfig(
                "Default", url, keys.files().get("ca.crt"), Pem.of(certificate), Pem.pkcs1(pair.getPrivate()));
        try (KubeApi api = KubeApi.of(Kubeconfig.parse(printed.text()))) {
            assertThat(api.version()).isEqualTo("v1.36.3");
        }
    }

    @Test
    void anotherClustersApiIsNever() throws Exception {
        String url = start(others);
        try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", url))) {
            assertThat(api.look(Set.of())).isInstanceOfSatisfying(Reading.Never.class, it -> assertThat(it.why())
                    .contains("not of this cluster's CA"));
        }
    }

    @Test
    void nobodyListeningIsNotYet() throws Exception {
        String url = start(keys);
        server.stop(0);
        try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", url))) {
            assertThat(api.look(Set.of())).isEqualTo(new Reading.NotYet<>("API refuses connections"));
        }
    }

    @Test
    void packetsThatNobodyAnswersAreNoRefusal() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> callers = new ArrayList<>();
            try {
                // Who comes after a full queue is not answered at all.
                for (int i = 0; i < 3; i++) {
                    Socket caller = new Socket();
                    callers.add(caller);
                    caller.connect(full.getLocalSocketAddress(), 300);
                }
            } catch (SocketTimeoutException queued) {
                // It is full.
            }
            String url = "https://127.0.0.1:" + full.getLocalPort();
            try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", url))) {
                assertThat(api.look(Set.of())).isEqualTo(new Reading.NotYet<>("API cannot be reached: no answer"));
            } finally {
                for (Socket caller : callers) {
                    caller.close();
                }
            }
        }
    }

    @Test
    void whatIsUnderWayIsWaitedForNotAskedAnew() throws Exception {
        Duration slow = Duration.ofMillis(700);
        try (StarvingApi starving = new StarvingApi(keys, slow);
                KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", starving.url()), Duration.ofMillis(100))) {
            for (int i = 0; i < 3; i++) {
                assertThat(api.look(Set.of())).isEqualTo(new Reading.NotYet<>("API does not answer"));
            }
            starving.lag(Duration.ZERO);
            Instant end = Instant.now().plusSeconds(20);
            while (!(api.health() instanceof Reading.Ready<String>)
                    && Instant.now().isBefore(end)) {
                Thread.sleep(50);
            }

            assertThat(api.health()).isInstanceOf(Reading.Ready.class);
            assertThat(starving.handshakes()).isEqualTo(1);
            assertThat(starving.requests()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aHandshakeIsGivenAsLongAsARequest() {
        try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", "https://127.0.0.1:1"))) {
            var config = api.client().getConfiguration();
            assertThat(config.getConnectionTimeout())
                    .isEqualTo(config.getRequestTimeout())
                    .isGreaterThanOrEqualTo(60_000);
        }
    }

    @Test
    void whoeverGivesUpIsNotHeldByWhatIsUnderWay() throws Exception {
        try (StarvingApi starving = new StarvingApi(keys, Duration.ofSeconds(30))) {
            KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", starving.url()), Duration.ofMillis(100));
            api.look(Set.of());
            Instant start = Instant.now();
            api.close();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void anInterruptionEndsALook() throws Exception {
        String url = start(keys);
        try (KubeApi api = KubeApi.of(keys.adminKubeconfig("demo", url))) {
            Thread.currentThread().interrupt();
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> api.look(Set.of()))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    private static CertificateAuthority authority(ClusterKeys keys) throws Exception {
        return new CertificateAuthority(
                Pem.certificate(keys.files().get("ca.crt")),
                Pem.rsaPkcs8(keys.files().get("ca.key")));
    }

    private String start(ClusterKeys cluster) throws Exception {
        X509Certificate ca = Pem.certificate(cluster.files().get("ca.crt"));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        KeyPair pair = CertificateAuthority.rsa();
        store.setKeyEntry("server", pair.getPrivate(), new char[0], new Certificate[] {
            ServerCertificates.sign(authority(cluster), pair.getPublic(), "127.0.0.1")
        });
        store.setCertificateEntry("ca", ca);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            user.set(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            byte[] body =
                    "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.3\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }
}
