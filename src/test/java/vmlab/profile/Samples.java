package vmlab.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import vmlab.profile.CpuState.Halted;
import vmlab.profile.CpuState.Kernel;
import vmlab.profile.CpuState.User;

/** What the processors were doing, each time that they were looked at. */
public record Samples(List<CpuState> states) {

    private static final String UNKNOWN = "unknown";

    /** How often a processor was seen in the kernel, in user mode, halted. */
    public record Modes(int kernel, int user, int halted) {

        /** How often it was seen. */
        public int sum() {
            return kernel + user + halted;
        }

        private static Modes of(CpuState state) {
            return switch (state) {
                case Kernel kernel -> new Modes(1, 0, 0);
                case User user -> new Modes(0, 1, 0);
                case Halted halted -> new Modes(0, 0, 1);
            };
        }

        private Modes plus(Modes other) {
            return new Modes(kernel + other.kernel, user + other.user, halted + other.halted);
        }
    }

    /** A function of the kernel, and how often a processor was in it. */
    public record Met(String function, int times) {}

    /** All processors together. */
    public Modes modes() {
        return states.stream().map(Modes::of).reduce(new Modes(0, 0, 0), Modes::plus);
    }

    /** Each processor by its number. */
    public Map<Integer, Modes> modesByCpu() {
        return states.stream().collect(Collectors.toMap(CpuState::cpu, Modes::of, Modes::plus, TreeMap::new));
    }

    /** The functions that the kernel was in, the most met first; {@code unknown} stands for all that no symbol covers. */
    public List<Met> functions(KernelSymbols symbols) {
        return states.stream()
                .filter(Kernel.class::isInstance)
                .map(state -> symbols.function(((Kernel) state).address()).orElse(UNKNOWN))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(each -> 1)))
                .entrySet()
                .stream()
                .map(it -> new Met(it.getKey(), it.getValue()))
                .sorted(Comparator.comparingInt(Met::times).reversed().thenComparing(Met::function))
                .toList();
    }
}
