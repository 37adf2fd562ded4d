package vmlab.phase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notes how long a console's log was at which time, to tell later when a line was written. */
final class ConsoleClock implements AutoCloseable {

    private final Path log;
    private final TreeMap<Long, Instant> sizes = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    ConsoleClock(Path log) {
        this.log = log;
        clock.scheduleWithFixedDelay(this::look, 0, 50, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        try {
            sizes.putIfAbsent(Files.size(log), Instant.now());
        } catch (IOException none) {
            // Not yet.
        }
    }

    /** When a line was on the console; empty where it never was. */
    synchronized Optional<Instant> whenSaid(String line) {
        try {
            String text = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            int at = line.isEmpty() ? -1 : text.indexOf(line);
            return Optional.ofNullable(at < 0 ? null : sizes.ceilingEntry((long) at + line.length()))
                    .map(Map.Entry::getValue);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
