package vmlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import vmlab.run.Event;

/** A run of which nodes told more than is good for a page. */
class GuestWordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String WORDS = "</svg><script>alert(1)</script>\u001b]0;owned\u0007\u009b2J\u202e";

    private final List<Event> events = List.of(
            new Event.PhaseStarted(NOON, "host", "look"),
            new Event.Planned(
                    NOON, "demo", "TCG", "debian", List.of(new Event.PlannedNode("cp", "single", "pxe", "10.77.0.11"))),
            new Event.PhaseDone(NOON.plusSeconds(1), "host", Duration.ofSeconds(1), WORDS),
            new Event.PhaseStarted(NOON.plusSeconds(1), "ssh", "wait"),
            new Event.Lifecycle(NOON.plusSeconds(1), "cp", "started", "booted"),
            new Event.Milestone(NOON.plusSeconds(2), "cp", "pxe", WORDS),
            new Event.Served(NOON.plusSeconds(3), "cp", "/" + WORDS, 404, 1, Duration.ofMillis(1)),
            new Event.Milestone(NOON.plusSeconds(4), "cp", "root", WORDS),
            new Event.Waiting(NOON.plusSeconds(5), "ssh", "cp", "SSH", WORDS),
            new Event.PhaseFailed(NOON.plusSeconds(9), "ssh", Duration.ofSeconds(8), "cp", "no SSH", WORDS, WORDS));

    @TempDir
    Path home;

    @Test
    void stayWordsInThePageAndInTheChart() throws Exception {
        Page page = new Page(RunReader.read(events, Instant.MAX), Optional.empty());

        for (String text : List.of(page.html(_ -> Optional.empty()), page.svg())) {
            assertThat(text).doesNotContain("<script>alert", "\u001b", "\u0007", "\u009b", "\u202e");
        }
        assertThat(page.html(_ -> Optional.empty())).contains("\\x1b]0;owned");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page.svg())));
    }

    @Test
    void areKeptForTheLabsOwnerAlone() throws IOException {
        new RunArchive(home, "demo").keep(events);

        try (Stream<Path> kept = Files.walk(home.resolve("reports/demo"))) {
            assertThat(kept.map(GuestWordsTest::modeOf)).containsExactly("rwx------", "rw-------");
        }
    }

    private static String modeOf(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
    }
}
