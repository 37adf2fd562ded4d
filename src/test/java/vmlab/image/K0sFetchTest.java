package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;
import vmlab.spec.K0sSource;

class K0sFetchTest {

    private static final String VERSION = "v1.36.3+k0s.2";
    private static final String BINARY = "/" + VERSION + "/k0s-" + VERSION + "-amd64";
    private static final String BUNDLE = "/" + VERSION + "/k0s-airgap-bundle-" + VERSION + "-amd64";
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private final Map<String, String> published = new ConcurrentHashMap<>();
    private HttpServer server;
    private World world;

    @BeforeEach
    void serve() throws IOException {
        world = new World(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] text = published
                    .getOrDefault(exchange.getRequestURI().getPath(), "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text.length == 0 ? 404 : 200, text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        published.put(BINARY, "abc");
        published.put(BUNDLE, "abc");
        published.put(
                "/" + VERSION + "/sha256sums.txt",
                OF_ABC + " *k0s-" + VERSION + "-amd64\n" + OF_ABC + "  k0s-airgap-bundle-" + VERSION + "-amd64\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aReleaseIsDownloadedCheckedAndKept() throws Exception {
        K0s k0s = fetch(true).fetch(release(), world.run);
        assertThat(k0s.binary()).hasContent("abc").isExecutable();
        assertThat(k0s.archives()).singleElement().asString().endsWith(".tar");
        server.stop(0);
        assertThat(fetch(false).fetch(release(), world.run)).isEqualTo(k0s);
    }

    @Test
    void aWrongSumIsRefusedAndNothingIsKept() {
        published.put(BINARY, "abd");
        assertThatThrownBy(() -> fetch(true).fetch(release(), world.run))
                .hasMessageContaining("published is " + OF_ABC);
        assertThatThrownBy(() -> fetch(false).fetch(release(), world.run)).isInstanceOf(BuildElsewhere.class);
    }

    @Test
    void aReleaseThatIsNotThereNamesTheAddressAndTheWaysOut() {
        published.clear();
        assertThatThrownBy(() -> fetch(true).fetch(release(), world.run))
                .isInstanceOfSatisfying(LabFailure.class, failure -> {
                    assertThat(failure.what()).contains("sha256sums.txt");
                    assertThat(failure.why()).contains("404");
                    assertThat(failure.next()).contains("LAB_K0S_MIRROR");
                });
    }

    @Test
    void aRecipesOwnSumIsCheckedToo() {
        var pinned = new K0sSource.Release(VERSION, Optional.of("0".repeat(64)));
        assertThatThrownBy(() -> fetch(true).fetch(pinned, world.run)).hasMessageContaining("the recipe says 000");
    }

    @Test
    void aFileThatIsNoProgramIsRefused() throws Exception {
        Path script = world.executable("script", "echo v1");
        assertThatThrownBy(() ->
                        fetch(true).fetch(new K0sSource.LocalFile(script, Optional.empty(), List.of()), world.run))
                .hasMessageContaining("is no k0s");
    }

    @Test
    void aScriptBuildsOnceForEachContentOfItsFolder() throws Exception {
        Path script = world.executable(
                "standin/build.sh",
                "mkdir -p $1/images; cp /bin/true $1/k0s; echo x > $1/images/pause.tar; echo >> "
                        + world.path("count"));
        var source = new K0sSource.Built(script);
        K0s first = fetch(true).fetch(source, world.run);
        assertThat(first.archives()).hasSize(1);
        assertThat(fetch(false).fetch(source, world.run)).isEqualTo(first);
        world.write("standin/main.go", "package main");
        assertThat(fetch(true).fetch(source, world.run)).isNotEqualTo(first);
        assertThat(Files.readAllLines(world.path("count"))).hasSize(2);
    }

    @Test
    void aScriptThatFailsTellsWhatItSaid() throws Exception {
        Path script = world.executable("standin/build.sh", "echo 'Go is missing'; exit 3");
        assertThatThrownBy(() -> fetch(true).fetch(new K0sSource.Built(script), world.run))
                .hasMessageContaining("Go is missing");
    }

    private static K0sSource release() {
        return new K0sSource.Release(VERSION, Optional.empty());
    }

    private K0sFetch fetch(boolean mayBuild) {
        String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
        return new K0sFetch(world.path("k0s-cache"), new FileHashes(world.path("hashes")), mayBuild, mirror);
    }
}
