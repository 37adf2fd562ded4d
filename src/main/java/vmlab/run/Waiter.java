package vmlab.run;

import java.time.Clock;
import java.time.Duration;

/**
 * Looks again and again until what is awaited is there, will never be, or the deadline has passed; tells the reason meanwhile. The only
 * place that sleeps.
 */
public final class Waiter {

    /** One look. */
    @FunctionalInterface
    public interface Probe<T> {
        Reading<T> read() throws InterruptedException;
    }

    private final Events events;
    private final Clock clock;
    private final String phase;
    private final String node;
    private final String what;
    private final Deadline deadline;
    private final Duration pause;

    Waiter(Events events, Clock clock, String phase, String node, String what, Deadline deadline, Duration pause) {
        this.events = events;
        this.clock = clock;
        this.phase = phase;
        this.node = node;
        this.what = what;
        this.deadline = deadline;
        this.pause = pause;
    }

    /** The same wait with another pause between two looks; the default is half a second. */
    public Waiter every(Duration other) {
        return new Waiter(events, clock, phase, node, what, deadline, other);
    }

    /** Waits, and returns what was awaited. */
    public <T> T until(Probe<T> probe) throws InterruptedException {
        String lastWhy = "";
        while (true) {
            switch (probe.read()) {
                case Reading.Ready<T>(var value) -> {
                    return value;
                }
                case Reading.Never<T>(var why, var next) -> throw failure(what + " failed", why, next);
                case Reading.NotYet<T>(var why) -> {
                    if (deadline.passed()) {
                        throw failure(
                                what + " did not come within "
                                        + deadline.limit().toSeconds() + " s",
                                "last seen: " + why,
                                "lab logs shows what the node wrote; a slow machine may need a longer limit under"
                                        + " timeouts: in cluster.yaml");
                    }
                    if (!why.equals(lastWhy)) {
                        events.emit(new Event.Waiting(clock.instant(), phase, node, what, why));
                        lastWhy = why;
                    }
                    Thread.sleep(pause);
                }
            }
        }
    }

    private LabFailure failure(String happened, String why, String next) {
        LabFailure failure = LabFailure.lab(happened, why, next);
        return node.isEmpty() ? failure : failure.on(node);
    }
}
