package vmlab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code EVENTS.jsonl}: how many events a run had, their bytes, and how long it takes to write just these again, one by one as they came. */
final class EventCost {

    private static final int TIMES = 20;

    private EventCost() {}

    public static void main(String[] arguments) throws IOException {
        List<Event> events = EventLog.read(Path.of(arguments[0]));
        Path copy = Files.createTempFile("events", ".jsonl");
        EventLog log = new EventLog(copy);
        events.forEach(log::emit);
        Files.delete(copy);
        long begin = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            events.forEach(log::emit);
        }
        double each = (System.nanoTime() - begin) / 1e6 / TIMES;
        System.out.printf("%d events, %d bytes, written in %.1f ms%n", events.size(), Files.size(copy) / TIMES, each);
        Files.delete(copy);
    }
}
