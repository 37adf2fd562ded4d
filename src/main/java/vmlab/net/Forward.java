package vmlab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Forwards each connection that a listener gets to another address, both ways, until it is closed. */
public final class Forward implements AutoCloseable {

    /** Where connections lead. */
    @FunctionalInterface
    public interface Target {

        /** A connection there, anew for each one that came in. */
        SocketChannel connect() throws IOException;

        /** A fixed address. */
        static Target at(SocketAddress address) {
            return () -> SocketChannel.open(address);
        }
    }

    private final ServerSocketChannel listener;
    private final Target target;
    private final Entrance entrance;

    Forward(ServerSocketChannel listener, Target target) {
        this.listener = listener;
        this.target = target;
        this.entrance = Entrance.of(listener, client -> Thread.startVirtualThread(() -> forward(client)));
    }

    /** Forwards from loopback {@code port} (0: any free one) to a Unix socket, which need not exist yet. */
    static Forward fromLoopback(int port, Path target) throws IOException {
        return fromLoopback(port, Target.at(UnixDomainSocketAddress.of(target)));
    }

    /** Forwards from loopback {@code port} (0: any free one). */
    public static Forward fromLoopback(int port, Target target) throws IOException {
        return start(ServerSocketChannel.open(), new InetSocketAddress("127.0.0.1", port), target);
    }

    /** Forwards from a Unix socket, which only this user may connect to, to a TCP port. */
    public static Forward fromUnixSocket(Path socket, String host, int port) throws IOException {
        return fromUnixSocket(socket, Target.at(new InetSocketAddress(host, port)));
    }

    /** The same to wherever {@code target} leads. */
    public static Forward fromUnixSocket(Path socket, Target target) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Forward forward = start(listener, UnixDomainSocketAddress.of(socket), target);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        return forward;
    }

    private static Forward start(ServerSocketChannel listener, SocketAddress here, Target target) throws IOException {
        try {
            return new Forward(listener.bind(here), target);
        } catch (IOException | RuntimeException taken) {
            listener.close();
            throw taken;
        }
    }

    /** The loopback port that it listens at. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    private void forward(SocketChannel client) {
        try (client;
                SocketChannel server = target.connect()) {
            Pump.run(client, server, () -> {}, () -> {});
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    /** Whether somebody accepts at this socket. */
    public static boolean isOpen(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException closed) {
            return false;
        }
    }
}
