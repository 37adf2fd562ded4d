package vmlab.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vmlab.run.Event;
import vmlab.run.EventLog;

/**
 * What can be told of a lab: its last run and the one before.
 *
 * @param before the run to compare with
 * @param isGone whether the lab's own events are gone, and the archive had to answer
 */
public record RunHistory(LabRun run, Optional<LabRun> before, boolean isGone) {

    /**
     * Reads it from the first of {@code logs} that has a run, or else from the archive; empty where neither has one.
     *
     * @param logs the lab's events, and what a failed up kept of them
     */
    public static Optional<RunHistory> read(RunArchive archive, List<Path> logs) {
        for (Path log : logs) {
            List<Event> events = Files.exists(log) ? EventLog.read(log) : List.of();
            Optional<LabRun> last = RunReader.last(events, Instant.now());
            if (last.isPresent()) {
                return last.map(run -> new RunHistory(run, archive.before(run.start()), false));
            }
        }
        return archive.runs().stream().findFirst().map(run -> new RunHistory(run, archive.before(run.start()), true));
    }
}
