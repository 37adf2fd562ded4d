package vmlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.plan.LabFolder;
import vmlab.run.Event;
import vmlab.run.EventLog;

/** {@code lab events} of a lab whose commands left some. */
class EventsCommandTest {

    private static final Event MILESTONE = new Event.Milestone(Instant.EPOCH, "cp", "ready", "its kubelet is up");
    private static final Event DONE = new Event.PhaseDone(Instant.EPOCH, "image", Duration.ofSeconds(3), "abc");

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @Test
    void allAreShownInOrderAsWordsOrAsTheyWereWritten() throws IOException, InterruptedException {
        Path events = LabFolder.of(home, "demo").events();
        Files.createDirectories(events.getParent());
        Files.writeString(events, EventLog.line(DONE) + "\nhalf a li\n" + EventLog.line(MILESTONE) + "\n");

        String said = Commands.perform(folder, home, List.of("events demo", "events demo -o json", "events other -f"));

        assertThat(said.lines())
                .containsSubsequence(
                        "1970-01-01T00:00:00Z image: abc (3.0 s)",
                        "1970-01-01T00:00:00Z cp: ready its kubelet is up",
                        "events demo: 0",
                        EventLog.line(DONE),
                        EventLog.line(MILESTONE),
                        "events demo -o json: 0");
        assertThat(said).contains("lab other is not up", "events other -f: 1");
    }
}
