package vmlab.run;

import java.util.List;

/** Where events go. Implementations are called from several threads. */
@FunctionalInterface
public interface Events {

    /** Takes note of one event; never throws for a reason of its own. */
    void emit(Event event);

    /** Passes each event on to all, in this order. */
    static Events toAll(List<Events> listeners) {
        return event -> listeners.forEach(listener -> listener.emit(event));
    }
}
