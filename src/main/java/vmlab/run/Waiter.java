package vmlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks again and again until what is awaited is there, will never be, or the deadline has passed; tells the reason meanwhile. The only
 * place that sleeps.
 *
 * <p>Each look costs an emulated node a part of the little that it has, so they come less often the longer the wait lasts, and the longer
 * they take: what is overlooked meanwhile stays small beside what was waited for already.
 */
public final class Waiter {

    /** One look. */
    @FunctionalInterface
    public interface Probe<T> {
        Reading<T> read() throws InterruptedException;
    }

    /** How the time between two looks is let pass. */
    @FunctionalInterface
    public interface Pause {

        /** As it passes for everybody. */
        Pause ASLEEP = Thread::sleep;

        /** Returns when so much of it has passed. */
        void take(Duration length) throws InterruptedException;
    }

    /** A wait gets longer by the hundredth part on average, and by twice that at most: one look in each fiftieth of it. */
    private static final int SHARE = 50;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Events events;
    private final Clock clock;
    private final Pause asleep;
    private final String phase;
    private final String node;
    private final String what;
    private final Deadline deadline;
    private final Duration pause;

    Waiter(
            Events events,
            Clock clock,
            Pause asleep,
            String phase,
            String node,
            String what,
            Deadline deadline,
            Duration pause) {
        this.events = events;
        this.clock = clock;
        this.asleep = asleep;
        this.phase = phase;
        this.node = node;
        this.what = what;
        this.deadline = deadline;
        this.pause = pause;
    }

    /** The same wait with another pause between its first looks; the default is half a second. */
    public Waiter every(Duration other) {
        return new Waiter(events, clock, asleep, phase, node, what, deadline, other);
    }

    /** Waits, and returns what was awaited. */
    public <T> T until(Probe<T> probe) throws InterruptedException {
        Instant start = clock.instant();
        String lastWhy = "";
        for (int looks = 1; ; looks++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Instant before = clock.instant();
            Reading<T> seen = probe.read();
            Instant after = clock.instant();
            switch (seen) {
                case Reading.Ready<T>(var value) -> {
                    told(looks, start, after);
                    return value;
                }
                case Reading.Never<T>(var why, var next) -> {
                    told(looks, start, after);
                    throw failure(what + " failed", why, next);
                }
                case Reading.NotYet<T>(var why) -> {
                    if (deadline.passed()) {
                        told(looks, start, after);
                        throw failure(
                                "timed out after " + deadline.limit().toSeconds() + " s waiting for " + what,
                                "last seen: " + why,
                                "lab logs shows what the node wrote; a slow machine may need a longer limit under"
                                        + " timeouts: in cluster.yaml");
                    }
                    if (!why.equals(lastWhy)) {
                        events.emit(new Event.Waiting(clock.instant(), phase, node, what, why));
                        lastWhy = why;
                    }
                    Duration rest = pause(Duration.between(start, after), Duration.between(before, after));
                    asleep.take(shorter(rest, Duration.between(clock.instant(), deadline.at())));
                }
            }
        }
    }

    /** How long to look away in a wait that has lasted for {@code elapsed}, after a look that took {@code look}. */
    Duration pause(Duration elapsed, Duration look) {
        Duration grown = longer(elapsed.dividedBy(SHARE), look);
        return longer(pause, shorter(grown, LONGEST_PAUSE));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void told(int looks, Instant start, Instant end) {
        events.emit(new Event.Looked(end, phase, node, what, looks, Duration.between(start, end)));
    }

    private LabFailure failure(String happened, String why, String next) {
        LabFailure failure = LabFailure.lab(happened, why, next);
        return node.isEmpty() ? failure : failure.on(node);
    }
}
