package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;

class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static String shown(boolean live, Event... events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Progress progress = new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                live,
                60,
                Clock.fixed(NOON.plusSeconds(7), ZoneOffset.UTC))) {
            for (Event event : events) {
                progress.emit(event);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final Event START = new Event.PhaseStarted(NOON, "ssh", "wait for the node");
    private static final Event WAIT = new Event.Waiting(NOON, "ssh", "cp", "SSH", "no DHCP offer");
    private static final Event DONE = new Event.PhaseDone(NOON, "ssh", Duration.ofMillis(7040), "");

    @Test
    void withoutATerminalEachReasonIsALineAndNothingIsRedrawn() {
        assertThat(shown(false, START, WAIT, WAIT, DONE).lines())
                .containsExactly("ssh        cp: waiting for SSH: no DHCP offer [7.0 s]", "ssh        done (7.0 s)");
    }

    @Test
    void onATerminalTheLineIsRedrawnInPlaceAndNeverWraps() {
        String text = shown(true, START, new Event.Waiting(NOON, "ssh", "cp", "SSH", "x".repeat(200)), DONE);

        assertThat(text).contains("\r\u001b[K").endsWith("\r\u001b[K");
        assertThat(text.split("\r\u001b\\[K")).allMatch(line -> line.strip().length() < 60);
    }
}
