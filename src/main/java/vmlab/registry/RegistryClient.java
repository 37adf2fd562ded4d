package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import vmlab.net.Proxies;
import vmlab.net.Trust;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/**
 * One image in its registry, asked as OCI's distribution specification has it, over the JDK's HTTP client. Manifests are kept as they
 * came, byte for byte, for they are known by their digest.
 */
final class RegistryClient implements Content, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST_REDIRECTS = 5;

    private final ImageName name;
    private final RegistryFailures failures;
    private final Optional<DockerLogin.Login> login;
    private final Proxies proxies;
    private final Optional<Run> patience;
    private final HttpClient http;
    private final URI base;
    private Optional<String> authorization = Optional.empty();
    private byte[] root = {};

    /** {@code patience} waits when the registry is busy; without it that is a failure at once. */
    RegistryClient(
            ImageName name,
            Optional<DockerLogin.Login> login,
            Proxies proxies,
            Optional<Run> patience,
            RegistryFailures failures) {
        this.name = name;
        this.patience = patience;
        this.failures = failures;
        this.login = login;
        this.base = base(name);
        this.proxies = proxies;
        requireProxy(base);
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies);
        if (base.getScheme().equals("https")) {
            client.sslContext(Trust.ofRegistry(name.registry(), System.getenv()));
        }
        // With one the client would want to answer a registry's challenges by it too.
        proxies.of(base)
                .filter(proxy -> proxy.getUserInfo() != null)
                .ifPresent(known -> client.authenticator(proxies.authenticator()));
        this.http = client.build();
    }

    /** Registries of this machine itself have no certificate: docker takes those without one too. */
    private static URI base(ImageName name) {
        String host = name.registry().equals("docker.io") ? "registry-1.docker.io" : name.registry();
        boolean isHere = host.matches("(localhost|127\\.[0-9.]+)(:[0-9]+)?");
        return URI.create((isHere ? "http" : "https") + "://" + host + "/v2/" + name.repository() + "/");
    }

    /** What the name leads to now. */
    Descriptor resolve() throws IOException, InterruptedException {
        try (InputStream body = get("manifests/" + name.reference())) {
            root = body.readNBytes(Manifest.LARGEST + 1);
        }
        if (root.length > Manifest.LARGEST) {
            throw new NoImage("what should be its manifest is none");
        }
        BlobDigest digest = BlobDigest.of(root);
        if (!name.digest().isEmpty() && !name.digest().equals(digest.toString())) {
            throw new NoImage("it was altered: what should be " + name.digest() + " is " + digest);
        }
        return Descriptor.of(Manifest.parse(root).mediaType(), digest);
    }

    @Override
    public InputStream open(Descriptor wanted) throws IOException, InterruptedException {
        if (wanted.digest().equals(BlobDigest.of(root))) {
            return new ByteArrayInputStream(root);
        }
        return get((Manifest.TYPES.contains(wanted.mediaType()) ? "manifests/" : "blobs/") + wanted.digest());
    }

    private InputStream get(String path) throws InterruptedException {
        UnaryOperator<HttpRequest.Builder> wanted =
                request -> request.header("Accept", String.join(", ", Manifest.TYPES) + ", */*");
        URI url = base.resolve(path);
        HttpResponse<InputStream> answer = ask(url, wanted);
        for (int hops = 0; answer.statusCode() / 100 == 3 && hops < MOST_REDIRECTS; hops++) {
            url = target(url, answer.headers().firstValue("Location").orElse(""));
            answer = sendPatiently(url, wanted);
        }
        if (answer.statusCode() != 200) {
            throw failures.of(url, answer);
        }
        return answer.body();
    }

    /** Asks for something at {@code path} of the image's repository; whatever the answer, it is the caller's. */
    HttpResponse<InputStream> ask(String path, UnaryOperator<HttpRequest.Builder> how) throws InterruptedException {
        return ask(base.resolve(path), how);
    }

    /** The same at an address that the registry gave; it gets the login that it wants. */
    HttpResponse<InputStream> ask(URI url, UnaryOperator<HttpRequest.Builder> how) throws InterruptedException {
        HttpResponse<InputStream> answer = sendPatiently(url, how);
        if (answer.statusCode() == 401) {
            authorization = Optional.of(authorization(answer));
            answer = sendPatiently(url, how);
        }
        return answer;
    }

    /** What the registry's answer to a request for {@code url} says is elsewhere. */
    URI target(URI url, String location) {
        return WebAddress.of(location)
                .map(url::resolve)
                .filter(WebAddress::isOne)
                .orElseThrow(() -> failures.misled(url, location));
    }

    /** Asks again where a registry is too busy to answer, as long as it says, three times. */
    private HttpResponse<InputStream> sendPatiently(URI url, UnaryOperator<HttpRequest.Builder> how)
            throws InterruptedException {
        Busy busy = new Busy(send(url, how));
        return patience.isEmpty() || !busy.passesSoon()
                ? busy.answer()
                : patience.get()
                        .await("", url.getAuthority(), PATIENCE)
                        .every(busy.pause())
                        .until(() -> busy.look(() -> send(url, how)));
    }

    /** The login is for the registry alone, and not for where it says that its blobs lie. */
    private HttpResponse<InputStream> send(URI url, UnaryOperator<HttpRequest.Builder> how)
            throws InterruptedException {
        HttpRequest.Builder request = how.apply(HttpRequest.newBuilder(url).timeout(ANSWER));
        if (url.getAuthority().equals(base.getAuthority())) {
            authorization.ifPresent(value -> request.header("Authorization", value));
        }
        return send(request.build());
    }

    private void requireProxy(URI url) {
        proxies.whyUnusable(url).ifPresent(why -> {
            throw failures.noProxy(why);
        });
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws InterruptedException {
        requireProxy(request.uri());
        try {
            return http.send(
                    request,
                    head -> BodySubscribers.mapping(
                            BodySubscribers.ofInputStream(),
                            body -> new RegistryBody(body, ANSWER, why -> failures.brokenOff(request.uri(), why))));
        } catch (IOException error) {
            throw failures.away(request.uri(), proxies.of(request.uri()), error);
        }
    }

    private String authorization(HttpResponse<InputStream> refused) throws InterruptedException {
        Challenge challenge =
                Challenge.of(refused.headers().firstValue("WWW-Authenticate").orElse(""));
        Optional<URI> realm = challenge.realm(name.repository());
        if (!challenge.isBearer() || realm.isEmpty()) {
            return login.filter(known -> !known.isToken())
                    .orElseThrow(() -> failures.of(refused.uri(), refused))
                    .basic();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(realm.get()).timeout(ANSWER);
        if (login.isPresent() && login.get().isToken()) {
            String form = "grant_type=refresh_token&client_id=lab&" + challenge.query(name.repository())
                    + "&refresh_token=" + Challenge.encoded(login.get().secret());
            request.uri(withoutQuery(realm.get()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
        } else {
            login.ifPresent(known -> request.header("Authorization", known.basic()));
        }
        HttpResponse<InputStream> answer = send(request.build());
        if (answer.statusCode() != 200) {
            throw failures.of(answer.uri(), answer);
        }
        return "Bearer " + token(answer);
    }

    private String token(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            JsonNode json = new JsonMapper().readTree(body.readNBytes(Manifest.LARGEST));
            String token = json.path("token").asText(json.path("access_token").asText());
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException garbage) {
            // As below.
        }
        throw LabFailure.machine(
                failures.what(),
                answer.uri().getHost() + " gave no token",
                "see whether that is a registry's address, or a proxy answers in its place");
    }

    private static URI withoutQuery(URI url) {
        return URI.create(url.toString().replaceFirst("\\?.*", ""));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
