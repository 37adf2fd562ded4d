package vmlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.Event;

class LivePageTest {

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private List<Event> events = Recorded.twoNodes();
    private Instant now = Instant.MAX;
    private LivePage page;

    @BeforeEach
    void serve() throws IOException {
        Files.writeString(folder.resolve("cp.serial.log"), "lab: sshd\n");
        Files.writeString(folder.resolve("secret"), "secret");
        page = new LivePage(
                () -> RunReader.last(events, now).map(run -> new RunHistory(run, Optional.empty(), false)),
                node -> folder.resolve(node + ".serial.log"));
    }

    @AfterEach
    void stop() {
        page.close();
        http.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void showsHowFarTheLabIsNow() throws IOException, InterruptedException {
        Instant start = events.getFirst().at();
        now = start.plusSeconds(50);
        events = events.stream().filter(event -> event.at().isBefore(now)).toList();

        HttpResponse<String> state = get(page.path() + "state");

        assertThat(state.headers().firstValue("Lab-State")).contains("RUNNING");
        assertThat(state.body()).contains("comes up", "50.0 s", ">rootfs</text>");
        now = now.plus(Duration.ofSeconds(7));
        assertThat(get(page.path() + "state").body()).contains("57.0 s");
        assertThat(get(page.path()).body()).startsWith("<!doctype html>").contains("fetch('state'");
    }

    @Test
    void whoDoesNotKnowTheAddressGetsNothingAndNobodyAnythingBesides() throws IOException, InterruptedException {
        for (String path : List.of(
                "/",
                "/state",
                "/0123456789abcdef01234567/",
                page.path() + "nothing",
                page.path() + "log/secret",
                page.path() + "log/..%2fsecret",
                page.path() + "log/w9")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(get(page.path() + "log/cp").body()).isEqualTo("lab: sshd\n");
    }

    @Test
    void listensOnTheLoopbackOnly() throws IOException {
        assertThat(java.net.NetworkInterface.networkInterfaces()
                        .flatMap(java.net.NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress() && address instanceof java.net.Inet4Address))
                .allSatisfy(address -> assertThat(isOpen(address)).isFalse());
    }

    private boolean isOpen(java.net.InetAddress address) {
        try (java.net.Socket socket = new java.net.Socket(address, page.port())) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
