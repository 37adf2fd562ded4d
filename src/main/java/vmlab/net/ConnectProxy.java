package vmlab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP proxy that knows CONNECT alone (RFC 9110, 9.3.6): whoever may connect to it is led on to some addresses, and to no others. */
public final class ConnectProxy implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile("CONNECT ([0-9.]+):([0-9]{1,5}) HTTP/1\\.[01]");

    /** Where the gateway of a lab in a cluster has one, at its pod's loopback. */
    public static final int GATEWAY_PORT = 8022;

    private final ServerSocketChannel listener;
    private final Set<String> addresses;
    private final Entrance entrance;

    private ConnectProxy(ServerSocketChannel listener, Set<String> addresses) {
        this.listener = listener;
        this.addresses = Set.copyOf(addresses);
        this.entrance = Entrance.of(listener, client -> Thread.startVirtualThread(() -> serve(client)));
    }

    /** Listens at loopback {@code port} (0: any free one) for who wants to any port of {@code addresses}. */
    public static ConnectProxy open(int port, Set<String> addresses) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            return new ConnectProxy(listener.bind(new InetSocketAddress("127.0.0.1", port)), addresses);
        } catch (IOException taken) {
            listener.close();
            throw taken;
        }
    }

    /** The port that it listens at. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    private void serve(SocketChannel client) {
        try (client) {
            Matcher asked = REQUEST.matcher(HttpHead.read(client));
            if (!asked.lookingAt()) {
                answer(client, "405 Method Not Allowed");
            } else if (!addresses.contains(asked.group(1))) {
                answer(client, "403 Forbidden");
            } else {
                lead(client, asked.group(1), Integer.parseInt(asked.group(2)));
            }
        } catch (IOException | InterruptedException broken) {
            // Whoever asked has gone, or is told by the end of the connection.
        }
    }

    private static void lead(SocketChannel client, String host, int port) throws IOException, InterruptedException {
        SocketChannel server;
        try {
            server = SocketChannel.open(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException unreachable) {
            answer(client, "502 " + unreachable.getMessage());
            return;
        }
        try (server) {
            answer(client, "200 OK");
            Pump.run(client, server, () -> {}, () -> {});
        }
    }

    private static void answer(SocketChannel client, String status) throws IOException {
        ByteBuffer words = StandardCharsets.US_ASCII.encode("HTTP/1.1 " + status + "\r\n\r\n");
        while (words.hasRemaining()) {
            client.write(words);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
