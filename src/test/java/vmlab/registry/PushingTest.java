package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** Against a registry on the loopback that takes only what is whole, and of whom it knows. */
class PushingTest {

    private static final Run RUN = new Run(event -> {});
    private static final String LOGIN = Base64.getEncoder().encodeToString("me:secret".getBytes());

    @TempDir
    Path folder;

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private ContainerStore store;
    private StoredImage image;
    private HttpServer server;
    private int refusal = 0;

    @BeforeEach
    void serve() throws Exception {
        store = new ContainerStore(folder.resolve("cache"));
        image = new Loading(store, Optional.of(ImageName.parse("app:1")))
                .load(
                        MadeImage.of("hello")
                                .layout(folder.resolve("layout"), Optional.empty())
                                .toString(),
                        InputStream.nullInputStream(),
                        RUN)
                .getFirst();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", this::answer);
        server.start();
        login("me:secret");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void login(String of) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(".docker")).resolve("config.json"),
                "{\"auths\": {\"" + registry() + "\": {\"auth\": \""
                        + Base64.getEncoder().encodeToString(of.getBytes()) + "\"}}}");
    }

    private String registry() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** A manifest is refused while a blob of it is missing, a blob that is not what its digest says as well. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            String method = exchange.getRequestMethod();
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 404;
            if (!("Basic " + LOGIN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"here\"");
                status = 401;
            } else if (method.equals("HEAD")) {
                status = blobs.containsKey(last) ? 200 : 404;
            } else if (method.equals("POST")) {
                exchange.getResponseHeaders().set("Location", "/upload/7?state=a%2Fb");
                status = refusal > 0 ? refusal : 202;
            } else if (path.startsWith("/upload/")) {
                String digest = exchange.getRequestURI().getQuery().replace("state=a/b&digest=", "");
                asked.add("blob");
                status = BlobDigest.of(body).toString().equals(digest) ? 201 : 400;
                blobs.put(digest, body);
            } else if (method.equals("PUT")) {
                asked.add("manifest " + last);
                Manifest manifest = Manifest.parse(body);
                boolean isWhole = blobs.containsKey(manifest.config().digest().toString())
                        && manifest.layers().stream()
                                .allMatch(layer ->
                                        blobs.containsKey(layer.digest().toString()));
                status = isWhole ? 201 : 400;
                manifests.put(last, body);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private String push(String name) throws InterruptedException {
        return new Pushing(store, Map.of("HOME", folder.toString()))
                .push(image, ImageName.parse(registry() + "/" + name), RUN)
                .digest();
    }

    @Test
    void theImageIsThereByteForByteItsTagLastAndNothingIsSentTwice() throws Exception {
        assertThat(push("team/app:2")).isEqualTo(image.digest());

        assertThat(asked).last().isEqualTo("manifest 2");
        assertThat(BlobDigest.of(manifests.get("2"))).hasToString(image.digest());
        int sent = asked.size();
        push("team/app:3");
        assertThat(asked.subList(sent, asked.size())).containsExactly("manifest 3");
    }

    @Test
    void aLoginThatMayNotAndARegistryThatDoesNotTakeAreSaid() throws Exception {
        refusal = 507;
        assertThatThrownBy(() -> push("app:1"))
                .hasMessageContaining(registry() + "/app:1 can't be pushed")
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.why()).contains("answered 507"));
        refusal = 404;
        assertThatThrownBy(() -> push("app:1"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).contains("has a repository app"));
        login("other:wrong");
        assertThatThrownBy(() -> push("app:1"))
                .isInstanceOfSatisfying(
                        LabFailure.class, failure -> assertThat(failure.next()).contains("docker login " + registry()));
        assertThat(manifests).isEmpty();
    }
}
