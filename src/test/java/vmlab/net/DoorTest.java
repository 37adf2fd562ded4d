package vmlab.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class DoorTest {

    @TempDir
    private Path folder;

    private Path socket;
    private Path target;
    private Entrance door;

    @BeforeEach
    void openDoor() throws IOException {
        socket = folder.resolve("door.sock");
        target = folder.resolve("a lab's own.sock");
        door = Door.serve(socket);
    }

    @AfterEach
    void closeDoor() throws IOException {
        door.close();
    }

    @Test
    void onlyItsUserMayAsk() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyConnectionToThePortReachesTheSocketBehindIt() throws Exception {
        int port = Door.open(socket, 0, target);
        shoutAt(target);
        assertThat(say(port, "hello")).isEqualTo("HELLO");
        assertThat(say(port, "x".repeat(1_000_000))).hasSize(1_000_000).startsWith("XX");
    }

    @Test
    void openingAgainChangesNothing() throws IOException {
        int port = Door.open(socket, 0, target);
        assertThat(Door.open(socket, port, target)).isEqualTo(port);
    }

    @Test
    void aPortThatIsClosedRefusesAndCanBeOpenedForAnother() throws IOException {
        int port = Door.open(socket, 0, target);
        Door.close(socket, port);
        assertThatThrownBy(() -> say(port, "hello")).isInstanceOf(SocketException.class);
        assertThat(Door.open(socket, port, folder.resolve("other.sock"))).isEqualTo(port);
    }

    @Test
    void aConnectionEndsWhenNothingListensBehindThePort() throws Exception {
        int port = Door.open(socket, 0, target);
        assertThat(say(port, "")).isEmpty();
    }

    @Test
    void aPortInUseIsAnErrorThatSaysSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> Door.open(socket, taken.getLocalPort(), target))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Address already in use");
        }
    }

    @Test
    void whatIsHeldIsOpenUntilItsHolderIsGone() throws Exception {
        int port = freePort();
        shoutAt(target);
        try (Closeable held = Door.hold(socket, port, target)) {
            assertThat(say(port, "hello")).isEqualTo("HELLO");
            assertThatThrownBy(() -> Door.hold(socket, port, folder.resolve("other.sock")))
                    .hasMessageContaining("in use");
        }
        while (isOpen(port)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatIsHeldAgainIsTheLaterHolders() throws Exception {
        int port = freePort();
        shoutAt(target);
        Closeable killed = Door.hold(socket, port, target);
        try (Closeable next = Door.hold(socket, port, target)) {
            killed.close();
            Door.close(socket, freePort());
            assertThat(say(port, "hello")).isEqualTo("HELLO");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket connection = new Socket("127.0.0.1", port)) {
            return connection.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void itEndsWithItsHost() throws Exception {
        Process host = new ProcessBuilder("sleep", "60").start();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path own = folder.resolve("own.sock");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Door.class.getName(),
                        own.toString(),
                        "" + host.pid())
                .inheritIO()
                .start();
        try {
            while (!Files.exists(own)) {
                assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
            }
            host.destroy();
            assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
            assertThat(own).doesNotExist();
        } finally {
            process.destroyForcibly();
            host.destroyForcibly();
        }
    }

    /** A server at {@code socket} that repeats, in capitals, what it is told. */
    private static void shoutAt(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.startVirtualThread(() -> {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    String words = new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
                    Channels.newOutputStream(client).write(words.toUpperCase().getBytes(UTF_8));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static String say(int port, String words) throws IOException {
        try (Socket connection = new Socket("127.0.0.1", port)) {
            connection.getOutputStream().write(words.getBytes(UTF_8));
            connection.shutdownOutput();
            return new String(connection.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
