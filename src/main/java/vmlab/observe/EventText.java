package vmlab.observe;

import java.util.Locale;
import vmlab.run.Event;
import vmlab.run.EventLog;

/** An event as a line of a log, its time first. */
public final class EventText {

    private EventText() {}

    /** The line. */
    public static String of(Event event) {
        return switch (event) {
            case Event.Served served ->
                String.format(
                        Locale.ROOT,
                        "%s %s %d %s %d bytes %.3f s",
                        served.at(),
                        served.node(),
                        served.status(),
                        served.path(),
                        served.bytes(),
                        served.took().toMillis() / 1000.0);
            case Event.Leased leased -> leased.at() + " " + leased.node() + " " + leased.mac() + " " + leased.address();
            default -> EventLog.line(event);
        };
    }
}
