package vmlab.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What a registry sends. One that stands still is given up, which the JDK's client does for the head of an answer alone; and whatever
 * ends it early is the registry's failure, where others would take it for one of files.
 */
final class RegistryBody extends FilterInputStream {

    private final Duration patience;
    private final Function<String, ? extends RuntimeException> failure;

    /** Odd while somebody waits for the registry; the reader alone counts. */
    private volatile long steps;

    private volatile boolean isGivenUp;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isWatched;

    /** Gives up after {@code patience} without a byte, at the latest after twice as long; {@code failure} makes of a reason what is thrown. */
    RegistryBody(InputStream in, Duration patience, Function<String, ? extends RuntimeException> failure) {
        super(in);
        this.patience = patience;
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (!isWatched) {
            isWatched = true;
            Thread.startVirtualThread(this::watch);
        }
        step();
        try {
            return in.read(buffer, from, length);
        } catch (IOException ended) {
            if (Thread.currentThread().isInterrupted()) {
                throw ended;
            }
            String why = Optional.ofNullable(ended.getMessage()).orElse(ended.toString());
            throw failure.apply(isGivenUp ? "sent nothing for " + patience.toSeconds() + " s" : "broke off: " + why);
        } finally {
            step();
        }
    }

    private void step() {
        steps = steps + 1;
    }

    private void watch() {
        try {
            long seen;
            do {
                seen = steps;
                if (closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (seen != steps || seen % 2 == 0);
            isGivenUp = true;
            in.close();
        } catch (InterruptedException | IOException over) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }
}
