package vmlab.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Run;

class NodeRegistryTest {

    private static final MadeImage APP = MadeImage.of("0123456789");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> missing = new CopyOnWriteArrayList<>();
    private ContainerStore store;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        store = new ContainerStore(folder.resolve("cache"));
        Path layout = APP.layout(folder.resolve("layout"), Optional.of("registry.example/team/app:1"));
        new Loading(store, Optional.empty())
                .load(layout.toString(), InputStream.nullInputStream(), new Run(event -> {}));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext(
                NodeRegistry.PATH, new NodeRegistry(store, PullThrough.NEVER, (address, text) -> missing.add(text)));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String blob(byte[] content) {
        return "/v2/team/app/blobs/" + BlobDigest.of(content);
    }

    @Test
    void aTagLeadsToTheManifestAsItWasLoaded() throws Exception {
        var answer = ask("GET", "/v2/team/app/manifests/1?ns=registry.example");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(new String(APP.manifest(), StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("Content-Type")).contains(Manifest.OCI);
        assertThat(answer.headers().firstValue("Docker-Content-Digest"))
                .contains(APP.digest().toString());
    }

    @Test
    void headSaysTheSameWithoutTheContent() throws Exception {
        var answer = ask("HEAD", "/v2/team/app/manifests/1?ns=registry.example");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(APP.manifest().length);
    }

    @Test
    void aDigestLeadsToItWhateverItIsCalled() throws Exception {
        var answer = ask("GET", "/v2/other/name/manifests/" + APP.digest() + "?ns=another.example");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ask("GET", blob(APP.layer())).body()).isEqualTo("0123456789");
    }

    @Test
    void partsOfBlobsAreServed() throws Exception {
        assertThat(ask("GET", blob(APP.layer()), "Range", "bytes=7-")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo("789");
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 7-9/10");
        });
        assertThat(ask("GET", blob(APP.layer()), "Range", "bytes=0-99").body()).isEqualTo("0123456789");
        assertThat(ask("GET", blob(APP.layer()), "Range", "bytes=-2").body()).isEqualTo("89");
        assertThat(ask("GET", blob(APP.layer()), "Range", "bytes=10-").statusCode())
                .isEqualTo(416);
        assertThat(ask("GET", blob(APP.layer()), "Range", "lines=1-2").statusCode())
                .isEqualTo(416);
    }

    @Test
    void anImageThatIsMissingIsToldWithTheCommandThatBringsIt() throws Exception {
        var answer = ask("GET", "/v2/team/app/manifests/2?ns=registry.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("lab has no image registry.example/team/app:2")
                .contains("there is registry.example/team/app:1")
                .contains("lab images pull registry.example/team/app:2");
        assertThat(missing).hasSize(1);
    }

    @Test
    void aBlobThatWasAlteredInTheStoreIsNotServed() throws Exception {
        assertThat(ask("GET", blob(APP.layer())).statusCode()).isEqualTo(200);

        Files.writeString(store.blob(BlobDigest.of(APP.layer())), "altered");

        var answer = ask("GET", blob(APP.layer()));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("damaged").doesNotContain("altered");
    }

    @Test
    void noPathLeadsOutOfTheStore() throws Exception {
        Files.writeString(folder.resolve("cache/secret"), "secret");
        for (String path : List.of(
                "/v2/team/app/blobs/../../../secret",
                "/v2/team/app/blobs/sha256:../../secret",
                "/v2/team/app/blobs/sha256:..%2f..%2f..%2fsecret",
                "/v2/../secret",
                "/v2/team/app/manifests/..%2f..%2fsecret",
                "/v2/%2e%2e/%2e%2e/secret",
                "/v2/" + "a/".repeat(20_000) + "app/manifests/1")) {
            try (Socket raw = new Socket("127.0.0.1", server.getAddress().getPort())) {
                raw.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(raw.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains(" 404 ")
                        .doesNotContain("secret\n");
            }
        }
    }

    @Test
    void nothingCanBePushed() throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(ask(method, "/v2/team/app/blobs/uploads/").statusCode()).isEqualTo(405);
        }
        assertThat(ask("GET", "/v2/").statusCode()).isEqualTo(200);
    }
}
