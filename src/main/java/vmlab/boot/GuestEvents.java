package vmlab.boot;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vmlab.run.Event;
import vmlab.run.Events;

/**
 * What nodes cause to be written, bounded: one that asks in a loop shall fill neither the disk nor the report. A node may do {@value #MOST}
 * things of one kind at once, and one more every {@link #PACE}. Beyond that nothing of that kind is noted until there is room for
 * {@value #ROOM} again; one line says so, and one at the end how much was left out.
 */
final class GuestEvents {

    static final int MOST = 600;
    static final int ROOM = 60;
    static final Duration PACE = Duration.ofSeconds(10);

    private final Events events;
    private final Clock clock;
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    GuestEvents(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Passes on something of {@code kind} that {@code node} caused, or leaves it out. */
    void emit(String node, String kind, Event event) {
        Allowance allowance =
                allowances.computeIfAbsent(node + " " + kind, _ -> new Allowance(node, kind, clock.instant()));
        synchronized (allowance) {
            if (allowance.permits()) {
                events.emit(event);
            }
        }
    }

    private final class Allowance {

        private final String node;
        private final String kind;
        private Instant counted;
        private long left = MOST;
        private long dropped;

        Allowance(String node, String kind, Instant now) {
            this.node = node;
            this.kind = kind;
            this.counted = now;
        }

        private boolean permits() {
            refill();
            if (left >= (dropped > 0 ? ROOM : 1)) {
                if (dropped > 0) {
                    note(dropped + " " + kind + " were not recorded");
                    dropped = 0;
                }
                left--;
                return true;
            }
            if (dropped++ == 0) {
                note("more than " + MOST + " " + kind + " at once: those that follow are not recorded for "
                        + PACE.multipliedBy(ROOM).toMinutes() + " min");
            }
            return false;
        }

        private void refill() {
            long more = Duration.between(counted, clock.instant()).dividedBy(PACE);
            if (more > 0) {
                left = Math.min(MOST, left + more);
                counted = counted.plus(PACE.multipliedBy(more));
            }
        }

        private void note(String text) {
            events.emit(new Event.Noted(clock.instant(), "boot", node + ": " + text));
        }
    }
}
