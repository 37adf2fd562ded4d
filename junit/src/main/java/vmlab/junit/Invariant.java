package vmlab.junit;

import java.time.Duration;
import java.util.Optional;

/** Something that is looked at all the while a test runs, until it is closed. */
public final class Invariant implements AutoCloseable {

    private final Thread looking;
    private volatile boolean isEnded;
    private volatile Optional<AssertionError> broken = Optional.empty();

    Invariant(String what, Duration every, Cluster.Check check, Thread test) {
        looking = new Thread(
                () -> {
                    while (!isEnded) {
                        try {
                            check.look();
                            Thread.sleep(every.toMillis());
                        } catch (InterruptedException ended) {
                            return;
                        } catch (Exception | AssertionError reason) {
                            if (!isEnded) {
                                broken = Optional.of(
                                        new AssertionError("it did not hold that " + what + ": " + reason.getMessage(), reason));
                                test.interrupt();
                            }
                            return;
                        }
                    }
                },
                "invariant: " + what);
        looking.setDaemon(true);
        looking.start();
    }

    Optional<AssertionError> broken() {
        return broken;
    }

    void end() {
        isEnded = true;
        looking.interrupt();
    }

    /** Looks no more; where it did not hold, says so. */
    @Override
    public void close() {
        end();
        broken.ifPresent(reason -> {
            // What it interrupted is over.
            Thread.interrupted();
            throw reason;
        });
    }
}
