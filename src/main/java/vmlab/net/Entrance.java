package vmlab.net;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes connections at a listener until it is closed. An accept that fails says little about the listener: a client did not wait, or this
 * process has no file descriptor left. So it goes on, after a pause that grows with each failure in a row, since accept fails at once.
 */
public final class Entrance implements AutoCloseable {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final ServerSocketChannel listener;
    private final Consumer<SocketChannel> guests;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Entrance(ServerSocketChannel listener, Consumer<SocketChannel> guests) {
        this.listener = listener;
        this.guests = guests;
    }

    /** Hands what comes in at {@code listener} to {@code guests}, one after the other: who takes long takes a thread. */
    static Entrance of(ServerSocketChannel listener, Consumer<SocketChannel> guests) {
        Entrance entrance = new Entrance(listener, guests);
        Thread.startVirtualThread(entrance::takeAll);
        return entrance;
    }

    private void takeAll() {
        Duration pause = SHORTEST;
        while (listener.isOpen()) {
            try {
                take(listener.accept());
                pause = SHORTEST;
            } catch (IOException noneThisTime) {
                if (isClosedWithin(pause)) {
                    return;
                }
                pause = LONGEST.compareTo(pause.multipliedBy(2)) < 0 ? LONGEST : pause.multipliedBy(2);
            }
        }
    }

    private void take(SocketChannel guest) throws IOException {
        if (listener.isOpen()) {
            guests.accept(guest);
        } else {
            // One that came while it was being closed: the kernel still had it in its queue.
            guest.close();
        }
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }
}
