package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import vmlab.run.Event;

/** Events as moments, in words. */
final class Moments {

    private Moments() {}

    /** The moment that an event tells of; none for those which are told as spans, or only about clocks. */
    static Optional<Moment> of(Event event, Instant start) {
        return switch (event) {
            case Event.Milestone said -> moment(event, start, said.node(), said.name(), said.text());
            case Event.Waiting wait ->
                moment(event, start, wait.node(), "waits", "for " + wait.what() + ": " + wait.why());
            case Event.Noted noted -> moment(event, start, "", "note", noted.text());
            case Event.Served served ->
                moment(
                        event,
                        start,
                        served.node(),
                        "GET",
                        String.format(
                                Locale.ROOT,
                                "%s: %d, %s in %s",
                                served.path(),
                                served.status(),
                                bytes(served.bytes()),
                                Texts.seconds(served.took())));
            case Event.Leased leased -> moment(event, start, leased.node(), "DHCP", "gave it " + leased.address());
            case Event.Lifecycle changed ->
                moment(event, start, changed.node(), "machine", changed.state() + " (" + changed.reason() + ")");
            case Event.PhaseFailed failed ->
                moment(event, start, failed.node(), "failed", failed.what() + ": " + failed.why());
            case Event.Diagnosed found ->
                moment(event, start, found.node(), "cause", found.what() + ": " + found.evidence());
            default -> Optional.empty();
        };
    }

    private static Optional<Moment> moment(Event event, Instant start, String node, String what, String text) {
        return Optional.of(new Moment(Duration.between(start, event.at()), node, what, text));
    }

    private static String bytes(long bytes) {
        return bytes < 10_000
                ? bytes + " B"
                : bytes < 10_000_000 ? bytes / 1000 + " kB" : String.format(Locale.ROOT, "%d MB", bytes / 1_000_000);
    }
}
