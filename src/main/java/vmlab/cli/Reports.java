package vmlab.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vmlab.plan.LabFolder;
import vmlab.report.RunArchive;
import vmlab.run.EventLog;

/** Where a lab's events are, and how they outlive it. */
final class Reports {

    private Reports() {}

    /** Keeps the lab's last runs for later reports; a disk that is full is no reason for a command to fail. */
    static void keep(Path home, String lab) {
        RunArchive archive = new RunArchive(home, lab);
        for (Path log : LabFolder.of(home, lab).eventLogs()) {
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
