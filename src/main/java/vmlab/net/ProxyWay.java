package vmlab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A way through an HTTP proxy that knows CONNECT, for programs that know of no proxy: for each address behind it an entrance on this machine's
 * loopback, opened when it is first asked for.
 */
public final class ProxyWay implements AutoCloseable {

    private final Forward.Target proxy;
    private final Map<InetSocketAddress, Forward> entrances = new HashMap<>();

    /** Through {@code proxy}, which is connected to for each connection anew. */
    public ProxyWay(Forward.Target proxy) {
        this.proxy = proxy;
    }

    /** Where to connect to on this machine for whoever wants to {@code there}; one that can't be reached ends the connection. */
    public synchronized InetSocketAddress entrance(InetSocketAddress there) {
        Forward forward = entrances.computeIfAbsent(there, it -> {
            try {
                return Forward.fromLoopback(0, () -> connect(it));
            } catch (IOException error) {
                throw new UncheckedIOException("no port of the loopback can be opened", error);
            }
        });
        return new InetSocketAddress("127.0.0.1", forward.port());
    }

    /** Whether somebody accepts {@code there} within {@code limit}. */
    public boolean isOpen(InetSocketAddress there, Duration limit) {
        FutureTask<Boolean> look = new FutureTask<>(() -> {
            try (SocketChannel connected = connect(there)) {
                return connected.isConnected();
            }
        });
        Thread asking = Thread.startVirtualThread(look);
        try {
            return look.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException closed) {
            return false;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            asking.interrupt(); // which closes its connection
        }
    }

    private SocketChannel connect(InetSocketAddress there) throws IOException {
        SocketChannel connection = proxy.connect();
        try {
            String address = there.getAddress().getHostAddress() + ":" + there.getPort();
            ByteBuffer request =
                    StandardCharsets.US_ASCII.encode("CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n\r\n".formatted(address));
            while (request.hasRemaining()) {
                connection.write(request);
            }
            String answer = HttpHead.read(connection).lines().findFirst().orElse("it hung up");
            if (!answer.matches("HTTP/1\\.[01] 2\\d\\d( .*)?")) {
                throw new IOException("the proxy does not lead to " + address + ": " + answer);
            }
            return connection;
        } catch (IOException | RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        List<Forward> all = new ArrayList<>(entrances.values());
        entrances.clear();
        for (Forward each : all) {
            each.close();
        }
    }
}
