package vmlab.diagnose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.Event;
import vmlab.run.EventLog;

/**
 * Evidence of a fault as a file: where it is from, the machine's state, MiB of memory and disk free here, then each source's text.
 *
 * @param proven {@code made, …}: by FaultBench, on a machine, and cut down; {@code recorded …}: of a lab that met it or was brought to, by
 *     hand; {@code written …}: text after the words of whoever says it
 */
record Recorded(String id, String proven, Evidence evidence) {

    /** The time of all events that were written. */
    static final Instant WRITTEN = Instant.parse("2026-11-22T22:25:00Z");

    private static final Path FOLDER = Path.of("src/test/resources/vmlab/diagnose");

    /** All there are. */
    static List<Recorded> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Recorded::read).toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The one of that name. */
    static Recorded of(String id) {
        return read(FOLDER.resolve(id + ".txt"));
    }

    private static Recorded read(Path file) {
        try {
            String[] parts = Files.readString(file).split("(?m)^== ");
            Map<Source, String> texts = new EnumMap<>(Source.class);
            List<Event> events = new ArrayList<>();
            for (String part : List.of(parts).subList(1, parts.length)) {
                String name = part.lines().findFirst().orElseThrow();
                String text = part.substring(name.length()).strip();
                if (name.equals("EVENTS")) {
                    Path log = Files.createTempFile("events", ".jsonl");
                    Files.writeString(log, text + "\n");
                    events.addAll(EventLog.read(log));
                    Files.delete(log);
                } else {
                    texts.put(Source.valueOf(name), text);
                }
            }
            String[] free = header(parts[0], "host").orElseThrow().split(" ");
            return new Recorded(
                    file.getFileName().toString().replace(".txt", ""),
                    header(parts[0], "proven").orElseThrow(),
                    new Evidence(
                            header(parts[0], "node").orElse("w1"),
                            header(parts[0], "address").orElse("10.77.0.12"),
                            header(parts[0], "machine").orElseThrow(),
                            new Evidence.Host(Long.parseLong(free[0]) << 20, Long.parseLong(free[1]) << 20),
                            events,
                            texts));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Optional<String> header(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith("# " + name + ": "))
                .findFirst()
                .map(line -> line.substring(name.length() + 4));
    }
}
