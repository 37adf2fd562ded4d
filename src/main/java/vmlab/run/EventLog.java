package vmlab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Events as a file of JSON lines: {@code {"event":"PhaseDone","at":"2026-01-01T00:00:00Z","phase":"image",…}}. Several processes append to
 * it (one write a line), and a line that a crash cut off is passed over.
 */
public final class EventLog implements Events {

    private static final Map<String, Class<?>> KINDS = Stream.of(Event.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new TimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What another version wrote without a part that we need is passed over, like a line that is cut off.
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Path file;
    private final StringBuilder pending = new StringBuilder();

    /** A log that appends to {@code file}; until the file's folder exists, it keeps what it is told. */
    public EventLog(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void emit(Event event) {
        pending.append(line(event)).append('\n');
        if (!Files.isDirectory(file.getParent())) {
            return;
        }
        try {
            PrivateFiles.append(file, pending.toString());
        } catch (IOException full) {
            // A log that can't be written must not end what it tells of.
        }
        pending.setLength(0);
    }

    /** One event as one line of JSON. */
    public static String line(Event event) {
        ObjectNode json = JSON.createObjectNode().put("event", event.getClass().getSimpleName());
        json.setAll((ObjectNode) JSON.valueToTree(event));
        return Printable.json(json.toString());
    }

    /** All events of a log, in the order written; none where there is no log. */
    public static List<Event> read(Path file) {
        return read(file, line -> true);
    }

    /** Those of some kinds only. The others' lines are not parsed: a command that is to answer at once has no time for them. */
    public static List<Event> readOnly(Path file, List<Class<? extends Event>> kinds) {
        List<String> beginnings = kinds.stream()
                .map(kind -> "{\"event\":\"" + kind.getSimpleName() + "\"")
                .toList();
        return read(file, line -> beginnings.stream().anyMatch(line::startsWith));
    }

    private static List<Event> read(Path file, Predicate<String> wanted) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return List.of();
        }
        // What a crash damaged need not be UTF-8 any more: such a byte is no reason to lose the other lines.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(wanted)
                    .map(EventLog::parse)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The event that a line of a log tells; empty where it tells none. */
    public static Optional<Event> parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            Class<?> kind = KINDS.get(json.path("event").asText());
            return kind == null ? Optional.empty() : Optional.of((Event) JSON.treeToValue(json, kind));
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }
}
