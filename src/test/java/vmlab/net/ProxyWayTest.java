package vmlab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProxyWayTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ServerSocket server;
    private ConnectProxy proxy;
    private ProxyWay way;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        proxy = ConnectProxy.open(0, Set.of("127.0.0.1"));
        way = new ProxyWay(Forward.Target.at(new InetSocketAddress("127.0.0.1", proxy.port())));
    }

    @AfterEach
    void close() throws IOException {
        way.close();
        proxy.close();
        server.close();
    }

    private InetSocketAddress there() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    @Test
    void whatGoesInAtTheEntranceComesOutThere() throws IOException {
        InetSocketAddress entrance = way.entrance(there());

        assertThat(way.entrance(there())).isEqualTo(entrance);
        try (Socket here = new Socket(entrance.getAddress(), entrance.getPort());
                Socket out = server.accept()) {
            here.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            here.shutdownOutput();
            assertThat(out.getInputStream().readAllBytes()).asString().isEqualTo("hello");
            out.getOutputStream().write("you too".getBytes(StandardCharsets.US_ASCII));
            out.close();
            assertThat(here.getInputStream().readAllBytes()).asString().isEqualTo("you too");
        }
    }

    @Test
    void whatNobodyAcceptsIsClosedAlthoughItsEntranceIsOpen() throws IOException {
        assertThat(way.isOpen(there(), LIMIT)).isTrue();
        // Bound and never listening: where one listened once, a process that is being started may hold it open for a
        // moment.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress mute = new InetSocketAddress(held.getLocalAddress(), held.getLocalPort());

            assertThat(way.isOpen(mute, LIMIT)).isFalse();
            InetSocketAddress entrance = way.entrance(mute);
            try (Socket here = new Socket(entrance.getAddress(), entrance.getPort())) {
                assertThat(here.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void whereTheProxyLeadsNobodyItIsClosed() {
        assertThat(way.isOpen(new InetSocketAddress("127.0.0.2", server.getLocalPort()), LIMIT))
                .isFalse();
    }

    /** As a proxy does whose own way is slow. */
    @Test
    void aProxyThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                ProxyWay through = new ProxyWay(
                        Forward.Target.at(new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort())))) {
            assertThat(through.isOpen(there(), Duration.ofMillis(200))).isFalse();
        }
    }
}
