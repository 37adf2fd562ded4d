package vmlab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * One controller behind a {@link Balancer}. A machine that is switched off says nothing: its connections would stay open for a quarter of
 * an hour, with clients waiting at their ends. So a controller that is silent or failed is asked whether it still accepts; if it does not,
 * its connections are closed and the clients come again. One that failed accepts long before it can answer: clients are kept from it, as
 * long as there is another, until its health has been seen.
 */
final class Backend {

    /** Enough for an emulated machine's kernel, which accepts without its busy programs. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long it takes to give a controller up that has connections. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(4);

    /** A kubelet renews its lease every ten seconds: a connection is seldom silent for longer. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final InetSocketAddress address;
    private final Predicate<InetSocketAddress> health;
    private final Duration healthPace;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile long heard = System.nanoTime();
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile boolean isDoubtful;
    private volatile long askAgain = System.nanoTime();

    /** Of which {@code health} says, asked at most once in {@code healthPace}, whether it answers requests, not only connections. */
    Backend(InetSocketAddress address, Predicate<InetSocketAddress> health, Duration healthPace) {
        this.address = address;
        this.health = health;
        this.healthPace = healthPace;
    }

    /** A connection to it, or none within a second. */
    Optional<SocketChannel> connect() {
        Optional<SocketChannel> made = attempt(CONNECT);
        made.ifPresent(open::add);
        return made;
    }

    /** Whether it failed, and was not seen in good health since: others are asked first. */
    boolean isDoubtful() {
        return isDoubtful;
    }

    /** Notes that it said something. */
    void heard() {
        heard = System.nanoTime();
    }

    /** Notes that a connection to it has ended. */
    void closed(SocketChannel connection) {
        open.remove(connection);
    }

    /** Asks it whether it lives, if there is a reason to: a failure, or connections that wait in silence. Once at a time. */
    void look() {
        boolean waits = !open.isEmpty() && System.nanoTime() - heard > SILENCE.toNanos();
        if (!waits && !isDoubtful || !isLooking.compareAndSet(false, true)) {
            return;
        }
        try {
            Optional<SocketChannel> alive = attempt(LAST_CHANCE);
            if (alive.isEmpty()) {
                drop();
                return;
            }
            heard();
            Pump.close(alive.get());
            if (isDoubtful && System.nanoTime() - askAgain >= 0) {
                isDoubtful = !health.test(address);
                askAgain = System.nanoTime() + healthPace.toNanos();
            }
        } finally {
            isLooking.set(false);
        }
    }

    /** Closes all its connections. */
    void drop() {
        open.forEach(Pump::close);
    }

    private Optional<SocketChannel> attempt(Duration limit) {
        try {
            SocketChannel connection = SocketChannel.open();
            try {
                // Only the socket knows a limit.
                connection.socket().connect(address, (int) limit.toMillis());
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return Optional.of(connection);
            } catch (IOException refusedOrSilent) {
                Pump.close(connection);
            }
        } catch (IOException noDescriptor) {
            // As good as refused, for this client.
        }
        isDoubtful = true;
        return Optional.empty();
    }
}
