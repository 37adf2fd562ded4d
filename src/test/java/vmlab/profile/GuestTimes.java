package vmlab.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node's kernel has counted until now.
 *
 * @param uptime when it was read
 * @param all of all processors, with interrupts and with processes that have ended
 */
public record GuestTimes(Duration uptime, CpuTime all, Map<Task, CpuTime> tasks) {

    /** What to run on the node. A process that ends between the list and its turn is an error of cat's which is none. */
    public static final String COMMAND =
            "cat /proc/uptime && head -n 1 /proc/stat && cat /proc/[0-9]*/stat 2>/dev/null; true";

    /** Reads what {@link #COMMAND} wrote; see proc_uptime(5), proc_stat(5) and proc_pid_stat(5). */
    public static GuestTimes parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2) {
            throw new IllegalArgumentException("not of /proc/uptime and /proc/stat: " + text);
        }
        Map<Task, CpuTime> tasks = lines.stream()
                .skip(2)
                .flatMap(line -> Task.parse(line).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, again) -> again));
        return new GuestTimes(seconds(lines.getFirst().split(" ")[0]), CpuTime.ofMachine(lines.get(1)), tasks);
    }

    /** What happened between {@code earlier} and this; a process that is new has used all its time in there. */
    public GuestUse since(GuestTimes earlier) {
        Map<String, List<CpuTime>> byName = tasks.entrySet().stream()
                .collect(Collectors.groupingBy(
                        task -> task.getKey().name(),
                        Collectors.mapping(
                                task -> task.getValue().minus(earlier.tasks.getOrDefault(task.getKey(), CpuTime.NONE)),
                                Collectors.toList())));
        List<ProcessUse> uses = byName.entrySet().stream()
                .map(it -> new ProcessUse(
                        it.getKey(),
                        it.getValue().size(),
                        it.getValue().stream().reduce(CpuTime.NONE, CpuTime::plus)))
                .filter(it -> it.time().sum().isPositive())
                .sorted(Comparator.comparing((ProcessUse it) -> it.time().sum())
                        .reversed()
                        .thenComparing(ProcessUse::name))
                .toList();
        return new GuestUse(uptime.minus(earlier.uptime), all.minus(earlier.all), uses);
    }

    private static Duration seconds(String decimal) {
        return Duration.ofMillis(new BigDecimal(decimal).movePointRight(3).longValue());
    }
}
