package vmlab.profile;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of a node: its id may come again, but not with the same start. */
public record Task(long id, long started, String name) {

    /** The id, the name in parentheses, of which it may have some itself, and the state; the rest begins with the fourth field. */
    private static final Pattern LINE = Pattern.compile("(\\d+) \\((.*)\\) \\S (.*)");

    private static final int FIRST = 4;
    private static final int USER = 14 - FIRST;
    private static final int KERNEL = 15 - FIRST;
    private static final int STARTED = 22 - FIRST;

    /** Reads a line of {@code /proc/PID/stat}, numbered as in proc_pid_stat(5): the process, and its time until now; empty for less than one. */
    static Optional<Map.Entry<Task, CpuTime>> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String[] fields = matcher.group(3).split(" ");
        if (fields.length <= STARTED) {
            return Optional.empty();
        }
        Task task = new Task(
                Long.parseLong(matcher.group(1)), Long.parseLong(fields[STARTED]), withoutProcessor(matcher.group(2)));
        return Optional.of(
                Map.entry(task, CpuTime.ofTicks(Long.parseLong(fields[USER]), Long.parseLong(fields[KERNEL]))));
    }

    /** Threads of the kernel that differ by what follows the slash, a processor's number or the work in hand, are one here. */
    private static String withoutProcessor(String name) {
        int slash = name.indexOf('/');
        return slash > 0 ? name.substring(0, slash) : name;
    }
}
