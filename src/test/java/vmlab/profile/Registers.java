package vmlab.profile;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * QEMU's answer to {@code info registers -a}, of x86 processors. For each of them one line tells all there is to know here:
 * {@code RIP=ffffffff81e2a1cf RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1} (target/i386/cpu-dump.c), with {@code EIP} and half as
 * many digits while the processor is not in 64-bit mode.
 */
public final class Registers {

    private static final Pattern CPU = Pattern.compile("^CPU#(\\d+)", Pattern.MULTILINE);
    private static final Pattern STATE =
            Pattern.compile("\\b[RE]IP=([0-9a-f]+)\\b.*\\bCPL=([0-3])\\b.*\\bHLT=([01])", Pattern.CASE_INSENSITIVE);

    private static final String USER_RING = "3";

    private Registers() {}

    /** What each processor is doing, in QEMU's order; one of which that line is missing is left out. */
    public static List<CpuState> parse(String answer) {
        List<MatchResult> heads = CPU.matcher(answer).results().toList();
        return IntStream.range(0, heads.size())
                .mapToObj(i -> state(
                        Integer.parseInt(heads.get(i).group(1)),
                        answer.substring(
                                heads.get(i).end(),
                                i + 1 < heads.size() ? heads.get(i + 1).start() : answer.length())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<CpuState> state(int cpu, String registers) {
        return STATE.matcher(registers).results().findFirst().map(line -> {
            if (line.group(3).equals("1")) {
                return new CpuState.Halted(cpu);
            }
            return line.group(2).equals(USER_RING)
                    ? new CpuState.User(cpu)
                    : new CpuState.Kernel(cpu, Long.parseUnsignedLong(line.group(1), 16));
        });
    }
}
