package vmlab.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.Event;
import vmlab.run.EventLog;
import vmlab.run.PrivateFiles;

/**
 * The last runs of a lab, which stay when the lab goes: a file of events for each, in {@code reports/NAME} below lab's home. What a run is
 * compared with, what it may be expected to take, and what is left to tell of a lab that is gone. No more than {@value #KEPT} files of at
 * most {@value #MOST_EVENTS} events.
 */
public final class RunArchive {

    static final int KEPT = 5;
    static final int MOST_EVENTS = 10_000;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    /** The archive of {@code lab} below lab's home. */
    public RunArchive(Path home, String lab) {
        this.folder = home.resolve("reports").resolve(lab);
    }

    /** Keeps those ups among {@code events} that came far enough to switch a node on, and drops what is too old. */
    public void keep(List<Event> events) {
        List<List<Event>> runs = RunReader.slices(events).stream()
                .filter(slice -> RunReader.read(slice, Instant.MAX).booted())
                .toList();
        try {
            for (List<Event> run : runs.subList(Math.max(0, runs.size() - KEPT), runs.size())) {
                PrivateFiles.folder(folder);
                Path file = folder.resolve(NAME.format(run.getFirst().at()) + ".jsonl");
                AtomicFile.write(
                        file,
                        run.stream()
                                .limit(MOST_EVENTS)
                                .map(event -> EventLog.line(event) + "\n")
                                .collect(Collectors.joining()),
                        Readers.OWNER);
            }
            for (Path old : files().stream().skip(KEPT).toList()) {
                Files.delete(old);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The runs that are kept, the newest first. */
    public List<LabRun> runs() {
        return files().stream()
                .flatMap(file -> RunReader.all(EventLog.read(file), Instant.MAX).stream())
                .toList();
    }

    /** The last run that ended well before {@code start}, or else the last one before it. */
    public Optional<LabRun> before(Instant start) {
        List<LabRun> earlier =
                runs().stream().filter(run -> run.start().isBefore(start)).toList();
        return earlier.stream()
                .filter(run -> run.state() == State.DONE)
                .findFirst()
                .or(() -> earlier.stream().findFirst());
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
