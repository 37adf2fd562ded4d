package vmlab.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vmlab.plan.LabFolder;
import vmlab.report.RunArchive;
import vmlab.run.EventLog;

/** Where a lab's events are, and how they outlive it. */
final class Reports {

    private Reports() {}

    /** The lab's events, and what a failed up kept of them. */
    static List<Path> logs(LabFolder folder) {
        return List.of(folder.events(), folder.evidence().resolve("events.jsonl"));
    }

    /** Keeps the lab's last runs for later reports; a disk that is full is no reason for a command to fail. */
    static void keep(Path home, String lab) {
        RunArchive archive = new RunArchive(home, lab);
        for (Path log : logs(LabFolder.of(home, lab))) {
            try {
                if (Files.exists(log)) {
                    archive.keep(EventLog.read(log));
                }
            } catch (UncheckedIOException unreadable) {
                // Then there is nothing to compare the next run with.
            }
        }
    }
}
