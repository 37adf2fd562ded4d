package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ConnectProxyTest {

    private ServerSocket server;
    private ConnectProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::echo);
        proxy = ConnectProxy.open(0, Set.of("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    private void echo() {
        try (Socket one = server.accept()) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private String said(String words) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            client.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            InputStream answer = client.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void whatFollowsTheRequestReachesTheOtherEndAndItsAnswerComesBack() throws IOException {
        assertThat(said("CONNECT 127.0.0.1:" + server.getLocalPort() + " HTTP/1.1\r\nHost: any\r\n\r\nhello"))
                .isEqualTo("HTTP/1.1 200 OK\r\n\r\nhello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT 127.0.0.2:22 HTTP/1.1\r\n\r\n, 403",
                "CONNECT world.test:22 HTTP/1.1\r\n\r\n, 405",
                "GET http://127.0.0.1/ HTTP/1.1\r\n\r\n, 405",
                "CONNECT 127.0.0.1:99999 HTTP/1.1\r\n\r\n, 502",
                "CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n, 502",
                ", 405"
            })
    void nobodyIsLedElsewhere(String requestAndStatus) throws IOException {
        int comma = requestAndStatus.lastIndexOf(", ");

        assertThat(said(requestAndStatus.substring(0, comma)))
                .startsWith("HTTP/1.1 " + requestAndStatus.substring(comma + 2) + " ")
                .endsWith("\r\n\r\n");
    }
}
