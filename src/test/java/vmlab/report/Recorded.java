package vmlab.report;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vmlab.run.Event;
import vmlab.run.EventLog;

/** Runs that really took place, as they wrote them down. */
final class Recorded {

    private Recorded() {}

    /** {@code labs/two-nodes.yaml}, on two cores without KVM. */
    static List<Event> twoNodes() {
        return events("two-nodes.jsonl");
    }

    static List<Event> events(String file) {
        try {
            return EventLog.read(Path.of(Recorded.class.getResource(file).toURI()));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static LabRun run() {
        return RunReader.last(twoNodes(), Instant.MAX).orElseThrow();
    }

    static Page page() {
        return new Page(run(), Optional.of(run()));
    }
}
