package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTailTest {

    private static final Event ONE = new Event.Noted(Instant.EPOCH, "host", "one – mit Umlaut: ü");
    private static final Event TWO = new Event.Noted(Instant.EPOCH, "host", "two");

    @TempDir
    Path folder;

    @Test
    void whatIsAddedIsReadOnceAndALineHalfWrittenWaits() throws IOException {
        Path file = folder.resolve("events.jsonl");
        EventTail tail = EventTail.behind(file);
        assertThat(tail.more()).isEmpty();

        String line = EventLog.line(TWO) + "\n";
        Files.writeString(file, EventLog.line(ONE) + "\n" + line.substring(0, 20));
        assertThat(tail.more()).containsExactly(ONE);
        assertThat(tail.more()).isEmpty();

        Files.writeString(file, line.substring(20), StandardOpenOption.APPEND);
        assertThat(tail.more()).containsExactly(TWO);
    }

    @Test
    void whatTheLogHeldBeforeIsNotTold() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, EventLog.line(ONE) + "\n");
        EventTail tail = EventTail.behind(file);
        assertThat(tail.more()).isEmpty();

        Files.writeString(file, EventLog.line(TWO) + "\n", StandardOpenOption.APPEND);
        assertThat(tail.more()).containsExactly(TWO);
    }

    @Test
    void aLogBegunAnewIsReadFromItsStart() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, EventLog.line(ONE) + "\n" + EventLog.line(ONE) + "\n");
        EventTail tail = EventTail.behind(file);

        Files.writeString(file, EventLog.line(TWO) + "\n");

        assertThat(tail.more()).containsExactly(TWO);
    }
}
