package vmlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() {
        List<Event> events = List.of(
                new Event.PhaseStarted(NOON, "image", "build"),
                new Event.Waiting(NOON, "ssh", "cp", "SSH", "no banner"),
                new Event.PhaseDone(NOON, "image", Duration.ofMillis(1500), "unchanged"),
                new Event.PhaseFailed(NOON, "ssh", Duration.ZERO, "cp", "no SSH", "panic", "memory"),
                new Event.Milestone(NOON, "cp", "root", ""),
                new Event.Milestone(NOON, "cp", "root", "", Duration.ofMillis(12_340)),
                new Event.ClockRead(NOON, "cp", NOON.plusSeconds(3)),
                new Event.Planned(
                        NOON,
                        "demo",
                        "TCG",
                        "debian",
                        List.of(new Event.PlannedNode("cp", "single", "pxe", "10.77.0.11"))),
                new Event.Noted(NOON, "host", "two controllers"),
                new Event.Checked(NOON, "smoke", "DNS", Outcome.PASSED, Duration.ofSeconds(2), "10.96.0.1"),
                new Event.Served(NOON, "cp", "/image/initrd", 200, 1_400_000, Duration.ofMillis(30)),
                new Event.Leased(NOON, "cp", "52:54:00:aa:bb:cc", "10.77.0.11"),
                new Event.Lifecycle(NOON, "cp", "stopped", "crashed"),
                new Event.Diagnosed(NOON, "cp", "kernel-panic", "its kernel panicked", "Kernel panic", "memory"));
        EventLog log = new EventLog(folder.resolve("events.jsonl"));

        events.forEach(log::emit);

        assertThat(EventLog.read(folder.resolve("events.jsonl"))).isEqualTo(events);
        assertThat(EventLog.readOnly(folder.resolve("events.jsonl"), List.of(Event.Served.class, Event.Leased.class)))
                .isEqualTo(events.stream()
                        .filter(event -> event instanceof Event.Served || event instanceof Event.Leased)
                        .toList());
    }

    @Test
    void aLineThatIsNoTextIsPassedOverAndWhatIsNoFileIsEmpty() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.write(file, new byte[] {(byte) 0xFF, 0, '\n'});
        new EventLog(file).emit(new Event.Noted(NOON, "host", "whole"));

        assertThat(EventLog.read(file)).containsExactly(new Event.Noted(NOON, "host", "whole"));
        assertThat(EventLog.read(folder)).isEmpty();
        assertThat(EventLog.read(Path.of("/dev/zero"))).isEmpty();
    }

    @Test
    void aLineThatACrashCutOffIsPassedOver() throws IOException {
        Path file = folder.resolve("events.jsonl");
        new EventLog(file).emit(new Event.Noted(NOON, "host", "whole"));
        Files.writeString(file, "{\"event\":\"Noted\",\"at\":\"2026-01-", StandardOpenOption.APPEND);

        assertThat(EventLog.read(file)).hasSize(1);
    }

    @Test
    void kindsAndShapesOfOtherVersionsArePassedOver() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, """
                {"event":"FromTheFuture","at":"2026-01-01T12:00:00Z"}
                {"event":"Checked","at":"2026-01-01T12:00:00Z","suite":"smoke","check":"DNS","passed":true}
                no JSON at all
                """);
        new EventLog(file).emit(new Event.Noted(NOON, "host", "whole"));

        assertThat(EventLog.read(file)).hasSize(1);
    }

    @Test
    void whatHappensBeforeTheFolderIsThereIsWrittenOnceItIs() throws IOException {
        Path file = folder.resolve("later/events.jsonl");
        EventLog log = new EventLog(file);
        log.emit(new Event.Noted(NOON, "host", "early"));
        assertThat(EventLog.read(file)).isEmpty();

        Files.createDirectory(file.getParent());
        log.emit(new Event.Noted(NOON, "host", "late"));

        assertThat(EventLog.read(file))
                .extracting(e -> ((Event.Noted) e).text())
                .containsExactly("early", "late");
    }
}
