package vmlab.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.Option;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.Printable;

/** Results on stdout: text for people, or one JSON document with {@code -o json}. */
final class Output {

    /** The forms that a result can take. */
    enum Form {
        TEXT,
        JSON;

        /** As one writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Form form = Form.TEXT;

    boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints one JSON document. */
    void json(Object value) {
        System.out.println(written(value, true));
    }

    /** Prints one JSON document as one line, the last of a stream of events. */
    void jsonLine(Object value) {
        System.out.println(written(value, false));
    }

    /** Prints an event as one line of JSON, as the lab's log has it. */
    void event(Event event) {
        System.out.println(EventLog.line(event));
    }

    static String written(Object value, boolean indented) {
        try {
            SimpleModule plain = new SimpleModule()
                    .addSerializer(new OptionalSerializer())
                    .addSerializer(Duration.class, new SecondsSerializer())
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Path.class, ToStringSerializer.instance);
            return Printable.json(JsonMapper.builder()
                    .addModule(plain)
                    .configure(SerializationFeature.INDENT_OUTPUT, indented)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build()
                    .writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records can be written as JSON", impossible);
        }
    }

    /** A moment as people want to read it. */
    static Instant seconds(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A path as a word of a shell, to be pasted there. */
    static String forShell(Path path) {
        String text = path.toString();
        return text.matches("[\\w./@%+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Prints text that ends with its last line. */
    void text(String text) {
        System.out.println(Printable.text(text));
    }

    /** Prints one line. */
    void line(String format, Object... arguments) {
        text(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    }
}
