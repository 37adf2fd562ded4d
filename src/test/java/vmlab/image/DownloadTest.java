package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vmlab.run.LabFailure;

/** Servers that fall silent. */
@Timeout(60)
class DownloadTest {

    @TempDir
    private Path folder;

    private final List<Socket> clients = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void answer(String text) {
        Thread.startVirtualThread(() -> {
            try {
                Socket client = server.accept();
                clients.add(client);
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                // The test has ended.
            }
        });
    }

    private void downloadFails() {
        try (Download download = new Download(Duration.ofMillis(300))) {
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/k0s");
            assertThatThrownBy(() -> download.file(url, folder.resolve("k0s.part")))
                    .isInstanceOfSatisfying(LabFailure.class, failure -> {
                        assertThat(failure.what()).isEqualTo(url + " could not be fetched");
                        assertThat(failure.why()).contains(" bytes came, and then nothing");
                    });
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        answer("");
        downloadFails();
    }

    @Test
    void oneThatFallsSilentInTheMiddleIsGivenUp() {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
        downloadFails();
    }
}
