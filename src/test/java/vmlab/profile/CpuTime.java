package vmlab.profile;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Time of processors, by what it went into. */
public record CpuTime(Duration user, Duration kernel) {

    /** None. */
    public static final CpuTime NONE = new CpuTime(Duration.ZERO, Duration.ZERO);

    /** In the ticks that {@code /proc} counts in, which are hundredths of a second on x86 whatever the kernel's own are. */
    static CpuTime ofTicks(long user, long kernel) {
        return new CpuTime(Duration.ofMillis(10 * user), Duration.ofMillis(10 * kernel));
    }

    /**
     * What all processors of a machine have done since its boot, in the first line of its {@code /proc/stat}: user with nice, and system with
     * interrupts, hard and soft; see proc_stat(5).
     */
    public static CpuTime ofMachine(String stat) {
        List<Long> ticks = stat.lines()
                .limit(1)
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .skip(1)
                .map(Long::valueOf)
                .toList();
        if (!stat.startsWith("cpu ") || ticks.size() < 7) {
            throw new IllegalArgumentException("not of /proc/stat: " + stat);
        }
        return ofTicks(ticks.get(0) + ticks.get(1), ticks.get(2) + ticks.get(5) + ticks.get(6));
    }

    CpuTime plus(CpuTime other) {
        return new CpuTime(user.plus(other.user), kernel.plus(other.kernel));
    }

    /** What came after {@code earlier}. */
    public CpuTime minus(CpuTime earlier) {
        return new CpuTime(user.minus(earlier.user), kernel.minus(earlier.kernel));
    }

    /** Both together. */
    public Duration sum() {
        return user.plus(kernel);
    }
}
