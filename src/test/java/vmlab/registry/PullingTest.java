package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmlab.run.Event;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Against a registry on the loopback: lab's own, behind what registries do besides. */
class PullingTest {

    private final List<Duration> waited = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Run run = new Run(events::add, Clock.systemUTC(), waited::add);
    private static final MadeImage APP = MadeImage.of("hello");

    @TempDir
    Path folder;

    private ContainerStore store;
    private ContainerStore theirs;
    private HttpServer server;
    private String registry;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        store = new ContainerStore(folder.resolve("cache"));
        theirs = new ContainerStore(folder.resolve("theirs"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        registry = "127.0.0.1:" + server.getAddress().getPort();
        new Loading(theirs, Optional.of(ImageName.parse("app:1")))
                .load(
                        APP.layout(folder.resolve("layout"), Optional.empty()).toString(),
                        InputStream.nullInputStream(),
                        run);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ImageName name(String name) {
        return ImageName.parse(registry + "/" + name);
    }

    private void registryIs(HttpHandler handler) {
        server.createContext("/v2/", handler);
    }

    private HttpHandler open() {
        return new NodeRegistry(theirs, PullThrough.NEVER, (address, text) -> {});
    }

    private StoredImage pull(String name) throws InterruptedException {
        return pull(name, Map.of());
    }

    private StoredImage pull(String name, Map<String, String> env) throws InterruptedException {
        var all = new java.util.HashMap<>(env);
        all.putIfAbsent("HOME", folder.toString());
        return new Pulling(store, all).pull(name(name), run);
    }

    private void assertFails(String name, LabFailure.Kind kind, String why, String next) {
        assertThatThrownBy(() -> pull(name)).isInstanceOfSatisfying(LabFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.why()).contains(why);
            assertThat(failure.next()).contains(next);
        });
        assertThat(store.list()).isEmpty();
    }

    private static void answer(HttpExchange exchange, int status, String text, String... headers) throws IOException {
        try (exchange) {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void anImageComesAsItIsThere() throws Exception {
        registryIs(open());

        assertThat(pull("app:1").digest()).isEqualTo(APP.digest().toString());
        assertThat(store.list()).extracting(StoredImage::name).containsExactly(registry + "/app:1");
    }

    /** Lets in whoever brings {@code wanted}, and tells others how. */
    private HttpHandler guarded(String wanted, String challenge) {
        HttpHandler open = open();
        return exchange -> {
            String brought = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (brought.equals(wanted)) {
                open.handle(exchange);
            } else {
                answer(exchange, 401, "", "WWW-Authenticate", challenge);
            }
        };
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> dockerConfig(String json) throws IOException {
        Path config = Files.createDirectories(folder.resolve("docker"));
        Files.writeString(config.resolve("config.json"), json);
        return Map.of("DOCKER_CONFIG", config.toString());
    }

    @Test
    void theUsersOwnLoginIsUsed() throws Exception {
        registryIs(guarded(basic("me:secret"), "Basic realm=\"registry\""));
        var env = dockerConfig("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                .formatted(registry, basic("me:secret").substring("Basic ".length())));

        assertFails("app:1", LabFailure.Kind.INPUT, "answered 401", "docker login " + registry);
        assertThat(pull("app:1", env).digest()).isEqualTo(APP.digest().toString());
    }

    @Test
    void aTokenIsFetchedWhereTheRegistrySays() throws Exception {
        registryIs(guarded(
                "Bearer t0ken",
                "Bearer realm=\"http://%s/token\",service=\"reg\",scope=\"repository:app:pull\"".formatted(registry)));
        server.createContext("/token", exchange -> {
            assertThat(exchange.getRequestURI().getQuery()).contains("service=reg", "scope=repository:app:pull");
            answer(exchange, 200, "{\"token\": \"t0ken\"}");
        });

        assertThat(pull("app:1").digest()).isEqualTo(APP.digest().toString());
    }

    @Test
    void theLoginIsNotShownToWhereBlobsLie() throws Exception {
        HttpHandler guarded = guarded(basic("me:secret"), "Basic realm=\"registry\"");
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        List<String> shown = new CopyOnWriteArrayList<>();
        HttpHandler open = open();
        elsewhere.createContext("/v2/", exchange -> {
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            open.handle(exchange);
        });
        elsewhere.start();
        registryIs(exchange -> {
            if (exchange.getRequestURI().getPath().contains("/blobs/")) {
                answer(
                        exchange,
                        307,
                        "",
                        "Location",
                        "http://127.0.0.1:" + elsewhere.getAddress().getPort()
                                + exchange.getRequestURI().getPath());
            } else {
                guarded.handle(exchange);
            }
        });

        pull(
                "app:1",
                dockerConfig("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                        .formatted(registry, basic("me:secret").substring("Basic ".length()))));
        elsewhere.stop(0);

        assertThat(shown).isNotEmpty().containsOnly("null");
    }

    @Test
    void aRegistryThatIsAwayRefusesOrThrottlesIsToldApart() throws Exception {
        registryIs(exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.contains("/busy/")) {
                answer(exchange, 429, "", "Retry-After", "77");
            } else if (path.contains("/ill/")) {
                answer(exchange, 502, "");
            } else if (path.contains("/private/")) {
                answer(exchange, 403, "{\"errors\": [{\"code\": \"DENIED\", \"message\": \"not yours\"}]}");
            } else {
                answer(exchange, 404, "");
            }
        });

        assertFails("busy:1", LabFailure.Kind.MACHINE, "429, again in 77 s", "docker login");
        assertFails("ill:1", LabFailure.Kind.MACHINE, "answered 502", "lab load");
        assertFails("private:1", LabFailure.Kind.INPUT, "not yours", "docker login");
        assertFails("none:1", LabFailure.Kind.INPUT, "answered 404", "correct its name");
        server.stop(0);
        assertFails("app:1", LabFailure.Kind.MACHINE, "can't be reached", "HTTPS_PROXY");
    }

    @Test
    void contentThatIsCutOrAlteredOnTheWayIsRefused() throws Exception {
        HttpHandler open = open();
        registryIs(exchange -> {
            if (exchange.getRequestURI()
                    .getPath()
                    .endsWith(BlobDigest.of(APP.layer()).toString())) {
                answer(exchange, 200, "hallo");
            } else {
                open.handle(exchange);
            }
        });

        assertFails("app:1", LabFailure.Kind.INPUT, "cut or altered", "");
    }

    @Test
    void aRegistryThatIsBusyIsAskedAgainWhenItSays() throws Exception {
        HttpHandler open = open();
        AtomicLong busy = new AtomicLong(2);
        registryWithLayer(exchange -> {
            if (busy.getAndDecrement() > 0) {
                answer(exchange, 429, "", "Retry-After", "7");
            } else {
                open.handle(exchange);
            }
        });

        assertThat(pull("app:1").digest()).isEqualTo(APP.digest().toString());
        assertThat(waited)
                .allMatch(pause -> pause.equals(Duration.ofSeconds(7)))
                .hasSize(2);
        assertThat(events).anySatisfy(event -> assertThat(event.toString()).contains("it answers 429, again in 7 s"));
    }

    @Test
    void oneThatStaysBusyIsGivenUpAndAPodsDemandDoesNotWait() throws Exception {
        registryIs(exchange -> answer(exchange, 503, ""));

        assertFails("app:1", LabFailure.Kind.MACHINE, "answered 503", "later");
        assertThat(waited).hasSize(3);
        PullThrough pulls = PullThrough.with(new Pulling(store, Map.of("HOME", folder.toString())));
        assertThat(pulls.pull(name("app:1"))).contains("answered 503");
    }

    @Test
    void aLoginMayBeKeptInTheClear() throws Exception {
        registryIs(guarded(basic("me:secret"), "Basic realm=\"registry\""));
        var env = dockerConfig(
                "{\"auths\": {\"%s\": {\"username\": \"me\", \"password\": \"secret\"}}}".formatted(registry));

        assertThat(pull("app:1", env).digest()).isEqualTo(APP.digest().toString());
    }

    @Test
    void aCredentialHelperThatNeverEndsIsGivenUp() throws Exception {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"credsStore\": \"lab-test-hangs\"}");
        Path helper =
                Files.writeString(folder.resolve("docker-credential-lab-test-hangs"), "#!/bin/sh\nexec sleep 60\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        DockerLogin logins = new DockerLogin(List.of(config), Duration.ofSeconds(1), folder + "/");

        assertThatThrownBy(() -> logins.at("registry.example"))
                .isInstanceOfSatisfying(LabFailure.class, failure -> assertThat(failure.why())
                        .endsWith("lab-test-hangs did not end within 1 s"));
    }

    @Test
    void aCredentialHelperThatIsMissingIsNamed() throws Exception {
        registryIs(open());
        var env = dockerConfig("{\"credsStore\": \"lab-test-none\"}");

        assertThatThrownBy(() -> pull("app:1", env)).hasMessageContaining("docker-credential-lab-test-none");
    }

    @Test
    void whatTheStoreLacksIsPulledForNodesOnce() throws Exception {
        registryIs(open());
        PullThrough pulls = PullThrough.with(new Pulling(store, Map.of("HOME", folder.toString())));

        assertThat(pulls.pull(name("app:1"))).isEmpty();
        assertThat(store.find(name("app:1"))).isPresent();
        assertThat(pulls.pull(name("app:2"))).contains("answered 403");
        assertThat(PullThrough.NEVER.pull(name("app:2"))).isNotEmpty();
    }

    @Test
    void whatCameOnDemandFollowsItsNameAndWhatTheUserBroughtStays() throws Exception {
        registryIs(open());
        PullThrough pulls = PullThrough.with(new Pulling(store, Map.of("HOME", folder.toString())));
        assertThat(pulls.pull(name("app:1"))).isEmpty();
        StoredImage first = store.find(name("app:1")).orElseThrow();
        assertThat(first.onDemand()).isTrue();
        pulls.refresh(name("app:1"), first);
        assertThat(store.find(name("app:1"))).as("nothing new").contains(first);

        MadeImage next = MadeImage.of("hello again");
        new Loading(theirs, Optional.of(ImageName.parse("app:1")))
                .load(
                        next.layout(folder.resolve("next"), Optional.empty()).toString(),
                        InputStream.nullInputStream(),
                        run);
        pulls.refresh(name("app:1"), first);
        StoredImage second = store.find(name("app:1")).orElseThrow();
        assertThat(second.digest()).isEqualTo(next.digest().toString());
        assertThat(second.onDemand()).isTrue();

        server.stop(0);
        pulls.refresh(name("app:1"), second);
        assertThat(store.find(name("app:1"))).as("its registry is away").contains(second);
    }

    @Test
    void whoeverPullsByNameMeansThatVeryImage() throws Exception {
        registryIs(open());

        assertThat(pull("app:1").onDemand()).isFalse();
        assertThat(store.find(name("app:1")).orElseThrow().onDemand()).isFalse();
    }

    /** Answers a request for the layer by {@code layer}, all others as a registry does. */
    private void registryWithLayer(HttpHandler layer) {
        HttpHandler open = open();
        registryIs(exchange -> {
            String path = exchange.getRequestURI().getPath();
            (path.endsWith(BlobDigest.of(APP.layer()).toString()) ? layer : open).handle(exchange);
        });
    }

    @Test
    void aRegistryThatBreaksOffIsNotTakenForATroubleOfFiles() {
        registryWithLayer(exchange -> {
            exchange.sendResponseHeaders(200, APP.layer().length);
            exchange.getResponseBody().write(APP.layer(), 0, 2);
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });

        assertFails("app:1", LabFailure.Kind.MACHINE, registry + " broke off", "try again");
    }

    @Test
    void noMoreIsReadThanWasPromised() {
        AtomicLong sent = new AtomicLong();
        registryWithLayer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            while (sent.get() < 1L << 30) {
                exchange.getResponseBody().write(much);
                sent.addAndGet(much.length);
            }
            exchange.close();
        });

        assertFails("app:1", LabFailure.Kind.INPUT, "longer than the 5 bytes", "registry");
        assertThat(sent.get()).isLessThan(1L << 27);
    }

    @Test
    void whatIsNoManifestIsTheRegistrysFault() {
        registryIs(exchange -> answer(exchange, 200, "<html>please log in</html>", "Content-Type", "text/html"));

        assertFails("app:1", LabFailure.Kind.INPUT, "manifest is none", "whether " + registry + " is a registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ht tp://%", "file:///etc/passwd", "//:99999/", "mailto:nobody"})
    void aRedirectThatLeadsNowhereIsNamed(String location) {
        registryIs(exchange -> answer(exchange, 307, "", "Location", location));

        assertFails("app:1", LabFailure.Kind.MACHINE, "redirects to '" + location + "'", "proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://:99999/token", "https://[/token"})
    void aRealmThatIsNoneIsARefusal(String realm) {
        registryIs(exchange -> answer(exchange, 401, "", "WWW-Authenticate", "Bearer realm=\"" + realm + "\""));

        assertFails("app:1", LabFailure.Kind.INPUT, "answered 401", "docker login");
    }

    @Test
    void aTimeThatTheRegistryNamesIsShownAsItIs() {
        String time = "Wed, 21 Oct 2026 07:28:00 GMT";
        registryIs(exchange -> answer(exchange, 429, "", "Retry-After", time));

        assertFails("app:1", LabFailure.Kind.MACHINE, "429, again " + time, "docker login");
    }

    @Test
    void anInterruptionEndsAPullAsOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        registryWithLayer(exchange -> {
            exchange.sendResponseHeaders(200, APP.layer().length);
            exchange.getResponseBody().write(APP.layer(), 0, 2);
            exchange.getResponseBody().flush();
            begun.countDown();
            awaitQuietly(over);
        });
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread puller = Thread.ofVirtual().start(() -> {
            try {
                pull("app:1");
                thrown.complete(new AssertionError("pulled"));
            } catch (Throwable error) {
                thrown.complete(error);
            }
        });

        begun.await();
        puller.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(folder.resolve("cache/containers/incoming")).isEmptyDirectory();
        over.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRegistryThatStandsStillIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        registryIs(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create("http://" + registry + "/v2/");
            InputStream body = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream())
                    .body();
            try (InputStream watched = new RegistryBody(body, Duration.ofMillis(200), IllegalStateException::new)) {
                assertThat(watched.read()).isEqualTo(1);
                assertThatThrownBy(watched::read)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("nothing for");
            } finally {
                over.countDown();
                http.shutdownNow();
            }
        }
    }

    private void assertFailsBehind(String proxy, String why, String next) {
        var env = Map.of("HOME", folder.toString(), "https_proxy", proxy);
        assertThatThrownBy(() -> new Pulling(store, env).pull(ImageName.parse("registry.example/app:1"), run))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LabFailure.Kind.MACHINE);
                    assertThat(failure.why()).contains(why);
                    assertThat(failure.next()).contains(next);
                });
    }

    @Test
    void aProxyThatIsNoneOrIsAwayIsNamed() throws IOException {
        assertFailsBehind("http://me:my@word@proxy.example:3128", "https_proxy", "%40");
        assertFailsBehind("socks5://127.0.0.1:1080", "https_proxy", "http://proxy.example:3128");
        try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int closed = held.getLocalPort();
            held.close();
            assertFailsBehind(
                    "127.0.0.1:" + closed, "through the proxy 127.0.0.1:" + closed + ": nobody answers", "HTTPS_PROXY");
        }
        assertFailsBehind(
                "proxy.invalid:1", "through the proxy proxy.invalid:1: its name can't be resolved", "HTTPS_PROXY");
    }
}
