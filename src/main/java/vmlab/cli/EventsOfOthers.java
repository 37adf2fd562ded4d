package vmlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vmlab.run.Event;
import vmlab.run.EventTail;
import vmlab.run.Events;

/**
 * Passes on what other processes write into a lab's events while this command runs: above all what the boot server hears from the nodes. It
 * is told this command's own events, so as to leave them out.
 */
final class EventsOfOthers implements Events, AutoCloseable {

    private final EventTail tail;
    private final Events listener;
    private final List<Event> own = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("events").factory());

    EventsOfOthers(Path log, Events listener) {
        this.tail = EventTail.behind(log);
        this.listener = listener;
        clock.scheduleWithFixedDelay(this::look, 300, 300, TimeUnit.MILLISECONDS);
    }

    @Override
    public void emit(Event event) {
        synchronized (own) {
            own.add(event);
        }
    }

    private synchronized void look() {
        for (Event event : tail.more()) {
            if (!isOwn(event)) {
                listener.emit(event);
            }
        }
    }

    /** Each of ours comes back from the log once. */
    private boolean isOwn(Event event) {
        synchronized (own) {
            return own.remove(event);
        }
    }

    /** Passes on the last ones, and ends. */
    @Override
    public void close() {
        clock.shutdown();
        look();
    }
}
