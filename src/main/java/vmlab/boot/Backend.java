package vmlab.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One controller behind a {@link Balancer}. A machine that is switched off says nothing: its connections would stay open for a quarter of
 * an hour, with clients waiting at their ends. So a controller that is silent or failed is asked whether it still accepts; if it does not,
 * its connections are closed and the clients come again.
 */
final class Backend {

    /** Enough for an emulated machine's kernel, which accepts without its busy programs. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long it takes to give a controller up that has connections. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(4);

    /** A kubelet renews its lease every ten seconds: a connection is seldom silent for longer. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration DOUBT = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long heard = System.nanoTime();
    private volatile long doubtfulUntil = System.nanoTime();

    Backend(InetSocketAddress address) {
        this.address = address;
    }

    /** A connection to it, or none within a second. */
    Optional<Socket> connect() {
        Optional<Socket> made = attempt(CONNECT);
        made.ifPresent(open::add);
        return made;
    }

    /** Whether it failed just now: others are asked first. */
    boolean isDoubtful() {
        return doubtfulUntil - System.nanoTime() > 0;
    }

    /** Notes that it said something. */
    void heard() {
        heard = System.nanoTime();
    }

    /** Notes that a connection to it has ended. */
    void closed(Socket connection) {
        open.remove(connection);
    }

    /** Asks it whether it lives, if there is a reason to: connections that wait, and silence or a failure. */
    void look() {
        boolean silent = System.nanoTime() - heard > SILENCE.toNanos();
        if (open.isEmpty() || !silent && !isDoubtful()) {
            return;
        }
        Optional<Socket> alive = attempt(LAST_CHANCE);
        if (alive.isPresent()) {
            heard();
            close(alive.get());
        } else {
            drop();
        }
    }

    /** Closes all its connections. */
    void drop() {
        open.forEach(Backend::close);
    }

    private Optional<Socket> attempt(Duration limit) {
        Socket socket = new Socket();
        try {
            socket.connect(address, (int) limit.toMillis());
            socket.setTcpNoDelay(true);
            doubtfulUntil = System.nanoTime();
            return Optional.of(socket);
        } catch (IOException refusedOrSilent) {
            close(socket);
            doubtfulUntil = System.nanoTime() + DOUBT.toNanos();
            return Optional.empty();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            return;
        }
    }
}
