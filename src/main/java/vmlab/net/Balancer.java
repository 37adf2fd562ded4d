package vmlab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
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

    private static final Duration PACE = Duration.ofSeconds(2);

    /** To answer costs an emulated controller that only starts a good part of a second: every fifth look asks for that. */
    private static final int HEALTH = 5;

    private final ServerSocketChannel listener;
    private final List<Backend> backends;
    private final Entrance entrance;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    private Balancer(ServerSocketChannel listener, List<Backend> backends) {
        this.listener = listener;
        this.backends = backends;
        this.entrance = Entrance.of(listener, client -> Thread.startVirtualThread(() -> serve(client)));
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
                health,
                PACE);
    }

    /** The same for any sockets; {@code pace} lies between two looks at a controller that is in doubt. */
    static Balancer open(
            InetSocketAddress here,
            List<InetSocketAddress> controllers,
            Predicate<InetSocketAddress> health,
            Duration pace)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(here, 256);
        } catch (IOException taken) {
            listener.close();
            throw taken;
        }
        Balancer balancer = new Balancer(
                listener,
                controllers.stream()
                        .map(it -> new Backend(it, health, pace.multipliedBy(HEALTH)))
                        .toList());
        balancer.clock.scheduleWithFixedDelay(balancer::look, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
        return balancer;
    }

    /** The port that it listens at. */
    int port() {
        return listener.socket().getLocalPort();
    }

    private void look() {
        backends.forEach(backend -> Thread.startVirtualThread(backend::look));
    }

    /** The controllers in the order in which this connection tries them: it is another one's turn each time, doubtful ones come last. */
    private List<Backend> order() {
        int first = Math.floorMod(turn.getAndIncrement(), backends.size());
        return IntStream.range(0, backends.size())
                .mapToObj(i -> backends.get((first + i) % backends.size()))
                .sorted(Comparator.comparing(Backend::isDoubtful))
                .toList();
    }

    private void serve(SocketChannel client) {
        try (client) {
            // One that was accepted just when this ended.
            for (Backend backend : listener.isOpen() ? order() : List.<Backend>of()) {
                Optional<SocketChannel> server = backend.connect();
                if (server.isPresent()) {
                    pass(client, server.get(), backend);
                    return;
                }
            }
        } catch (IOException | InterruptedException broken) {
            return;
        }
    }

    private static void pass(SocketChannel client, SocketChannel server, Backend backend)
            throws IOException, InterruptedException {
        try (server) {
            Pump.run(client, server, () -> {}, backend::heard);
        } finally {
            backend.closed(server);
        }
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        entrance.close();
        backends.forEach(Backend::drop);
    }
}
