package vmlab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Event;

@Timeout(60)
class BootServerTest {

    @TempDir
    Path folder;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private BootServer server;

    @BeforeEach
    void serve() throws IOException {
        Path image = Files.createDirectory(folder.resolve("0123456789abcdef"));
        Files.writeString(image.resolve("vmlinuz"), "kernel");
        Files.writeString(folder.resolve("secret"), "secret");
        server = new BootServer(
                new BootConfig(
                        "demo",
                        "127.0.0.1",
                        0,
                        List.of(new BootConfig.Client(
                                "cp",
                                "52:54:00:aa:bb:cc",
                                "127.0.0.1",
                                image.toString(),
                                "pxe",
                                "initrd=initrd root=live:http://127.0.0.1:1/x")),
                        folder.resolve("events.jsonl").toString(),
                        "",
                        "127.0.0.1",
                        List.of(),
                        List.of(),
                        false,
                        false),
                events::add);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void theFirstScriptSendsEachMachineToItsOwn() throws IOException, InterruptedException {
        assertThat(get("/boot.ipxe").body()).startsWith("#!ipxe").contains("/node/${mac:hexhyp}.ipxe");
    }

    @Test
    void aNodesScriptLoadsKernelAndInitrdAndIsAMilestone() throws IOException, InterruptedException {
        String script = get("/node/52-54-00-aa-bb-cc.ipxe").body();

        assertThat(script).contains("/image/0123456789ab/vmlinuz", "initrd=initrd", "root=live:http://127.0.0.1:");
        assertThat(events).first().isInstanceOfSatisfying(Event.Milestone.class, said -> {
            assertThat(said.node()).isEqualTo("cp");
            assertThat(said.name()).isEqualTo("pxe");
        });
    }

    @Test
    void anImageOfARegistryIsNotedWithIt() throws IOException, InterruptedException {
        server.add("/v2/", exchange -> BootServer.answer(exchange, 200, "image"));

        assertThat(get("/v2/app/manifests/1?ns=registry.example").body()).isEqualTo("image");
        assertThat(served(1)).extracting(Event.Served::path).containsExactly("/v2/app/manifests/1?ns=registry.example");
    }

    @Test
    void eachRequestIsAnEventWithWhatWasSent() throws IOException, InterruptedException {
        get("/image/0123456789ab/vmlinuz");
        get("/image/0123456789ab/initrd");
        get("/nothing");

        assertThat(served(3))
                .extracting(e -> e.node() + " " + e.path() + " " + e.status() + " " + e.bytes())
                .containsExactlyInAnyOrder(
                        "cp /image/0123456789ab/vmlinuz 200 6",
                        "cp /image/0123456789ab/initrd 404 0",
                        "cp /nothing 404 " + "there is nothing of that name here\n".length());
    }

    @Test
    void aPathThatANodeAsksForSteersNoTerminalAndIsNoBook() throws IOException, InterruptedException {
        raw("GET /%1b%5b2J%c2%9b31m%0anext HTTP/1.0\r\n\r\n");
        raw("GET /" + "x".repeat(5000) + " HTTP/1.0\r\n\r\n");

        assertThat(served(2))
                .extracting(Event.Served::path)
                .allMatch(path -> path.length() < 300 && path.chars().noneMatch(Character::isISOControl));
    }

    /** So many requests as the events tell them: each when it is over, which its client may know earlier. */
    private List<Event.Served> served(int count) throws InterruptedException {
        while (events.stream().filter(Event.Served.class::isInstance).count() < count) {
            Thread.sleep(10);
        }
        return events.stream()
                .filter(Event.Served.class::isInstance)
                .map(Event.Served.class::cast)
                .toList();
    }

    @Test
    void whoIsNoNodeOfTheLabGetsNothingOfItAndIsNoEvent() throws Exception {
        Files.writeString(folder.resolve("run.sh"), "echo of this lab alone\n");
        new GitSource(folder, "HEAD", "run.sh").snapshot(folder.resolve("provision.git"));
        String refs = "/git/provision.git/info/refs?service=git-upload-pack";
        assertThat(get(refs).statusCode()).isEqualTo(200);
        served(1);
        events.clear();
        server.add("/v2/", exchange -> BootServer.answer(exchange, 200, "image"));

        for (String request : List.of(
                "GET " + refs,
                "GET /boot.ipxe",
                "GET /v2/app/manifests/1",
                "GET /node/52-54-00-aa-bb-cc.ipxe",
                "GET /image/0123456789ab/vmlinuz",
                "POST /milestone/ready")) {
            assertThat(raw("127.0.0.2", request + " HTTP/1.0\r\n\r\n"))
                    .as(request)
                    .startsWith("HTTP/1.1 403")
                    .contains("for the nodes of lab demo");
        }
        assertThat(raw("127.0.0.2", "GET /clock HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(events).isEmpty();
    }

    @Test
    void aMachineThatIsNotInTheLabGetsNothing() throws IOException, InterruptedException {
        assertThat(get("/node/52-54-00-00-00-00.ipxe").statusCode()).isEqualTo(404);
        assertThat(events).noneMatch(Event.Milestone.class::isInstance);
    }

    @Test
    void theImagesFilesAreServedAndNothingBesides() throws IOException, InterruptedException {
        assertThat(get("/image/0123456789ab/vmlinuz").body()).isEqualTo("kernel");
        for (String path : List.of(
                "/secret",
                "/image/vmlinuz",
                "/image/ffffffffffff/vmlinuz",
                "/image/0123456789ab/../../secret",
                "/image/0123456789ab/%2e%2e/%2e%2e/secret",
                "/image/0123456789ab/..%2f..%2fsecret",
                "/image/0123456789ab/vmlinuz/../../../secret",
                "/image/../secret",
                "/boot.ipxe/../../secret",
                "/node/../secret",
                "/node/..%2f..%2fsecret.ipxe",
                "/health/../../secret",
                "//secret",
                "/../secret",
                "/%2e%2e/secret",
                "/image//etc/passwd",
                "/image/0123456789ab//etc/passwd")) {
            assertThat(raw("GET " + path + " HTTP/1.0\r\n\r\n")).as(path).doesNotContain("\r\n\r\nsecret", "root:");
        }
    }

    @Test
    void aMilestoneIsOfTheNodeThatAsksFromItsAddress() throws IOException, InterruptedException {
        assertThat(post("/milestone/sshd", "lab: I am another\u001b[2J").statusCode())
                .isEqualTo(200);

        assertThat(events).singleElement().isInstanceOfSatisfying(Event.Milestone.class, said -> {
            assertThat(said.node()).isEqualTo("cp");
            assertThat(said.name()).isEqualTo("sshd");
            assertThat(said.text()).doesNotContain("\u001b");
        });
    }

    @Test
    void aNodeMayTellItsClocksAndNonsenseIsPassedOver() throws IOException, InterruptedException {
        raw("POST /milestone/root HTTP/1.0\r\nLab-Uptime: 12.34\r\nLab-Clock: 1767268800.5\r\n\r\n");
        raw("POST /milestone/init HTTP/1.0\r\nLab-Uptime: soon\r\nLab-Clock: \r\n\r\n");

        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isInstanceOfSatisfying(Event.ClockRead.class, read -> assertThat(read.clock())
                .isEqualTo("2026-01-01T12:00:00.500Z"));
        assertThat(events.subList(1, 3))
                .extracting(event -> ((Event.Milestone) event).uptime())
                .containsExactly(Duration.ofMillis(12_340), Duration.ZERO);
    }

    @Test
    void garbageAndTenMegabytesDoNoHarm() throws IOException, InterruptedException {
        assertThat(post("/milestone/..%2f..%2fx", "").statusCode()).isEqualTo(400);
        post("/milestone/k0s", "x".repeat(10 << 20));

        assertThat(raw("POST /milestone/k0s HTTP/1.0\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000)))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("GARBAGE\r\n\r\n")).doesNotContain("200 OK");
        assertThat(get("/health").body()).startsWith("demo");
        assertThat(events)
                .filteredOn(Event.Milestone.class::isInstance)
                .allMatch(e -> ((Event.Milestone) e).text().length() <= 4096);
    }

    @Test
    void tellsWhenTheNextSecondBegins() throws Exception {
        Instant asked = Instant.now();
        String[] said = get("/clock").body().strip().split(" ");
        Instant told =
                Instant.ofEpochSecond(Long.parseLong(said[0])).minusMillis((long) (Double.parseDouble(said[1]) * 1000));

        assertThat(said[1]).matches("[01]\\.\\d{3}");
        assertThat(told).isBetween(asked.minusMillis(1), Instant.now());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri(path))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException cutOff) {
            // A server that has read enough may hang up on the rest.
            return get("/health");
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** A request as written, which an HTTP client would tidy up first. */
    private String raw(String request) throws IOException {
        return raw("127.0.0.1", request);
    }

    private String raw(String from, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port(), InetAddress.ofLiteral(from), 0)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
