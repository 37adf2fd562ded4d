package vmlab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import vmlab.run.Event;
import vmlab.run.EventLog;

/** Events that happened at another time. */
final class EventLogs {

    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

    private EventLogs() {}

    static List<Event> later(List<Event> events, Duration by) {
        try {
            Path file = Files.createTempFile("events", ".jsonl");
            Files.write(
                    file,
                    events.stream()
                            .map(EventLog::line)
                            .map(line -> AT.matcher(line)
                                    .replaceAll(at -> "\"at\":\""
                                            + Instant.parse(at.group(1)).plus(by) + "\""))
                            .toList());
            List<Event> moved = EventLog.read(file);
            Files.delete(file);
            return moved;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
