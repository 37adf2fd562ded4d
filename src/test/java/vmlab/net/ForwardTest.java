package vmlab.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ForwardTest {

    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Test
    void goesOnOnceThereAreFileDescriptorsAgainAndDoesNotSpinUntilThen() throws Exception {
        StarvedListener starved = new StarvedListener();
        starved.bind(ANY);
        try (ServerSocket target = new ServerSocket(0, 8, ANY.getAddress());
                Forward forward = new Forward(starved, Forward.Target.at(target.getLocalSocketAddress()))) {
            while (starved.failures.get() < 4) {
                Thread.sleep(10);
            }
            // 10, 20, 40 ms lie between the first four; a loop that spins is at many thousands by now.
            assertThat(starved.failures.get()).isLessThan(20);

            starved.isFed.set(true);
            assertThat(say(forward.port(), "hello", target)).isEqualTo("hello");
        }
    }

    /** What arrives at {@code target} of what is said at the port. */
    private static String say(int port, String words, ServerSocket target) throws IOException {
        try (Socket asking = new Socket("127.0.0.1", port)) {
            asking.getOutputStream().write(words.getBytes(UTF_8));
            asking.shutdownOutput();
            try (Socket answering = target.accept()) {
                return new String(answering.getInputStream().readAllBytes(), UTF_8);
            }
        }
    }
}
