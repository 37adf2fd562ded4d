package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vmlab.run.Event;

class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static String shown(boolean live, Event... events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Progress progress = new Progress(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                live,
                () -> 60,
                Clock.fixed(NOON.plusSeconds(7), ZoneOffset.UTC),
                Optional.empty())) {
            for (Event event : events) {
                progress.emit(event);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static final Event START = new Event.PhaseStarted(NOON, "ssh", "wait for the node");
    private static final Event HOST = new Event.PhaseDone(NOON, "host", Duration.ZERO, "");
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

    @Test
    void aNoteOfSomethingElseThanThePhaseSaysOfWhat() {
        Event note = new Event.Noted(NOON, "images", "cp: lab has no image web:1");

        assertThat(shown(false, START, note).lines()).containsExactly("images     cp: lab has no image web:1");
    }

    private static Event planned(int nodes) {
        return new Event.Planned(
                NOON,
                "demo",
                "TCG",
                "debian",
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(i -> new Event.PlannedNode("w" + i, "worker", "pxe", "10.77.0." + i))
                        .toList());
    }

    private static Event said(int node, String what) {
        return new Event.Milestone(NOON.plusSeconds(2), "w" + node, what, "");
    }

    @Test
    void eachNodeHasALineWithItsStageAndItsLastWord() {
        String text = shown(
                true,
                new Event.PhaseStarted(NOON, "host", "look"),
                planned(2),
                said(1, "pxe"),
                said(2, "root"),
                HOST,
                START);

        assertThat(text).contains("  w1       firmware", "pxe", "  w2       init      5.0 s");
        assertThat(text).as("the lines are taken away again").endsWith("\r\u001b[K");
        assertThat(text.split("\u001b\\[A", -1)).hasSizeGreaterThan(2);
    }

    @Test
    void whatAGuestSaidSteersNoTerminal() {
        String text = shown(
                true,
                new Event.PhaseStarted(NOON, "host", "look"),
                planned(1),
                new Event.Milestone(NOON.plusSeconds(2), "w1", "root-failed", "\u001b]0;owned\u0007\u009b2J"),
                new Event.Waiting(NOON.plusSeconds(3), "host", "w1", "SSH", "\u001b[2J\u009b2J"),
                new Event.Noted(NOON.plusSeconds(3), "host", "\u001b]0;owned\u0007"),
                HOST,
                START);

        assertThat(text).contains("\\x1b]0;owned\\x07", "\\x9b2J").doesNotContain("\u001b]", "\u001b[2J", "\u009b");
    }

    @Test
    void aHundredNodesAreSummedUp() {
        Event[] events =
                IntStream.rangeClosed(1, 100).mapToObj(i -> said(i, "root")).toArray(Event[]::new);
        Event[] begin = {new Event.PhaseStarted(NOON, "host", "look"), planned(100)};

        assertThat(shown(true, concat(begin, events, new Event[] {HOST, START})))
                .contains("and 88 in init");
    }

    @Test
    void withoutATerminalANodeGetsALineForEachStage() {
        assertThat(shown(
                                false,
                                new Event.PhaseStarted(NOON, "host", "look"),
                                planned(1),
                                said(1, "pxe"),
                                said(1, "root"),
                                said(1, "init"),
                                said(1, "k0s"))
                        .lines())
                .containsExactly(
                        "host       w1: firmware [7.0 s]", "host       w1: init [7.0 s]", "host       w1: k0s [7.0 s]");
    }

    private static Event[] concat(Event[]... parts) {
        return List.of(parts).stream().flatMap(part -> List.of(part).stream()).toArray(Event[]::new);
    }
}
