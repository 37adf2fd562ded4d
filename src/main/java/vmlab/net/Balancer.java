package vmlab.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One address for the API of several controllers: passes each connection on to a controller that accepts it, in turns. It knows nothing of
 * what passes through; TLS is between client and controller.
 */
public final class Balancer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Backend> backends;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private Balancer(ServerSocket listener, List<Backend> backends) {
        this.listener = listener;
        this.backends = backends;
    }

    /**
     * Listens at {@code address} and {@code port} for that port of the {@code controllers}.
     *
     * @param health whether the controller at that address answers requests; asked of one that failed before clients are sent to it again
     */
    public static Balancer open(String address, int port, List<String> controllers, Predicate<InetSocketAddress> health)
            throws IOException {
        return open(
                new InetSocketAddress(address, port),
                controllers.stream()
                        .map(controller -> new InetSocketAddress(controller, port))
                        .toList(),
                health);
    }

    static Balancer open(
            InetSocketAddress here, List<InetSocketAddress> controllers, Predicate<InetSocketAddress> health)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(here, 256);
        } catch (IOException taken) {
            listener.close();
            throw taken;
        }
        Balancer balancer = new Balancer(
                listener,
                controllers.stream().map(it -> new Backend(it, health)).toList());
        Thread.startVirtualThread(balancer::accept);
        balancer.clock.scheduleWithFixedDelay(balancer::look, 2, 2, TimeUnit.SECONDS);
        return balancer;
    }

    /** The port that it listens at. */
    int port() {
        return listener.getLocalPort();
    }

    private void look() {
        backends.forEach(backend -> Thread.startVirtualThread(backend::look));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (listener.isClosed()) {
                    // One that came while it was being closed: the kernel still had it in its queue.
                    client.close();
                } else {
                    Thread.startVirtualThread(() -> serve(client));
                }
            } catch (IOException closedOrGone) {
                // The listener, which ends this, or a client that did not wait.
            }
        }
    }

    /** The controllers in the order in which this connection tries them: it is another one's turn each time, doubtful ones come last. */
    private List<Backend> order() {
        int first = Math.floorMod(turn.getAndIncrement(), backends.size());
        return IntStream.range(0, backends.size())
                .mapToObj(i -> backends.get((first + i) % backends.size()))
                .sorted(Comparator.comparing(Backend::isDoubtful))
                .toList();
    }

    private void serve(Socket client) {
        try (client) {
            // One that was accepted just when this ended.
            for (Backend backend : listener.isClosed() ? List.<Backend>of() : order()) {
                Optional<Socket> server = backend.connect();
                if (server.isPresent()) {
                    pass(client, server.get(), backend);
                    return;
                }
            }
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    private static void pass(Socket client, Socket server, Backend backend) throws IOException, InterruptedException {
        try (server) {
            Thread back = Thread.startVirtualThread(() -> copy(server, client, backend::heard));
            copy(client, server, () -> {});
            back.join();
        } finally {
            backend.closed(server);
        }
    }

    /** Copies until one side ends, and tells the other. A broken one ends both: nobody shall wait for an answer that can't come. */
    private static void copy(Socket from, Socket to, Runnable onBytes) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                onBytes.run();
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        listener.close();
        backends.forEach(Backend::drop);
    }
}
