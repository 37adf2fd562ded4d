package vmlab.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import vmlab.run.Event;

/** Notes how long a console's log was at which time, to tell later when a line of it, or an event, was there to be seen. */
final class EvidenceClock implements AutoCloseable {

    private final Path log;
    private final TreeMap<Long, Instant> sizes = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    EvidenceClock(Path log) {
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

    /** When a detector's proof was there: its line on the console, or the event that it tells of. */
    Optional<Instant> whenSaid(String proof, List<Event> events) {
        return onConsole(proof).or(() -> events.stream()
                .filter(event -> tells(event, proof))
                .map(Event::at)
                .reduce((earlier, later) -> later));
    }

    private static boolean tells(Event event, String proof) {
        return switch (event) {
            case Event.Milestone said ->
                said.name().equals("sshd") && proof.matches(".*(host|lab's) key SHA256.*")
                        || proof.equals("it said: " + said.name() + " " + said.text())
                        || said.name().equals("k0s") && proof.startsWith("k0s was started")
                        || said.name().equals("k0s") && said.text().equals("start 2") && proof.contains("k0s");
            case Event.Served served -> proof.startsWith("the boot server answered " + served.path());
            case Event.Lifecycle change -> proof.contains("" + change.at()) || proof.startsWith("the machine's state");
            case Event.ClockRead read -> proof.contains("" + read.clock());
            default -> false;
        };
    }

    /** When a line was on the console; empty where it never was. */
    synchronized Optional<Instant> onConsole(String line) {
        try {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
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
