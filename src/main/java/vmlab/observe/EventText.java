package vmlab.observe;

import java.util.Locale;
import java.util.stream.Collectors;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Seconds;

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

    /** The same in words, for people: the time, whose it is, what happened. */
    public static String words(Event event) {
        String words =
                switch (event) {
                    case Event.PhaseStarted it -> it.phase() + ": " + it.doing();
                    case Event.Waiting it ->
                        it.phase() + ": " + of(it.node()) + "waiting for " + it.what() + ": " + it.why();
                    case Event.Looked it ->
                        it.phase() + ": " + of(it.node()) + it.what() + ": " + Seconds.text(it.took()) + ", looks: "
                                + it.looks();
                    case Event.Noted it -> it.phase() + ": " + it.text();
                    case Event.PhaseDone it -> it.phase() + ": " + it.result() + " (" + Seconds.text(it.took()) + ")";
                    case Event.PhaseFailed it ->
                        it.phase() + ": failed: " + of(it.node()) + it.what() + ": " + it.why();
                    case Event.Planned it ->
                        "planned: " + it.image() + ", " + it.accelerator() + ": "
                                + it.nodes().stream()
                                        .map(node -> node.name() + " (" + node.role() + ", " + node.address() + ")")
                                        .collect(Collectors.joining(", "));
                    case Event.Milestone it -> of(it.node()) + it.name() + " " + it.text();
                    case Event.ClockRead it -> of(it.node()) + "clock " + it.clock();
                    case Event.Checked it ->
                        it.suite() + ": " + it.check() + " " + it.status() + " (" + Seconds.text(it.took()) + ") "
                                + it.evidence();
                    case Event.Served it ->
                        of(it.node()) + "GET " + it.path() + " " + it.status() + ", " + it.bytes() + " bytes";
                    case Event.Leased it -> of(it.node()) + "leased " + it.address() + " to " + it.mac();
                    case Event.Lifecycle it -> of(it.node()) + "machine " + it.state() + ": " + it.reason();
                    case Event.Diagnosed it -> of(it.node()) + it.cause() + ": " + it.what();
                };
        return event.at() + " " + words.strip().replace("\n", "\n    ");
    }

    private static String of(String node) {
        return node.isEmpty() ? "" : node + ": ";
    }
}
