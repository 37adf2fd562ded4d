package vmlab.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vmlab.profile.CpuTime;
import vmlab.profile.GuestUse;
import vmlab.profile.HostUse;
import vmlab.profile.Profile;
import vmlab.profile.Samples;
import vmlab.profile.Samples.Met;
import vmlab.profile.Samples.Modes;

/** A profile as a user reads it: what QEMU used, then a table of processors, one of the kernel's functions, one of processes. */
final class ProfileText {

    private static final int FUNCTIONS = 25;
    private static final int PROCESSES = 20;

    private ProfileText() {}

    static String of(Profile profile) {
        return String.format(
                Locale.ROOT,
                """
                %s

                %s

                %s

                %s

                Samples are biased: QEMU brings its copy of the registers up to date where it stops (device access, interrupts), so these
                places are met too often. Process times are the node's own count over %s; its last row has interrupts and ended processes too.
                """,
                host(profile.node(), profile.host()),
                processors(profile.samples()),
                functions(profile),
                processes(profile.guest()),
                seconds(profile.guest().window()));
    }

    private static String host(String node, HostUse use) {
        Duration others = use.all().minus(use.qemu());
        return String.format(
                Locale.ROOT,
                "QEMU used %.2f of a processor over %s for node %s; all else on this machine %.2f of its %d",
                ratio(use.qemu(), use.window()),
                seconds(use.window()),
                node,
                Math.max(0, ratio(others, use.window())),
                use.processors());
    }

    private static Table processors(Samples samples) {
        Table table = new Table("PROCESSOR", "KERNEL", "USER", "HALTED", "SAMPLES");
        samples.modesByCpu().forEach((cpu, modes) -> row(table, cpu, modes));
        row(table, "all", samples.modes());
        return table;
    }

    private static void row(Table table, Object name, Modes modes) {
        int sum = modes.sum();
        table.row(name, share(modes.kernel(), sum), share(modes.user(), sum), share(modes.halted(), sum), sum);
    }

    private static Object functions(Profile profile) {
        if (profile.symbols().isEmpty()) {
            return "No kernel functions: the node hides their addresses (sysctl kernel.kptr_restrict is 2 there).";
        }
        Modes modes = profile.samples().modes();
        List<Met> met = profile.samples().functions(profile.symbols());
        Table table = new Table("KERNEL FUNCTION", "OF KERNEL", "OF ALL", "SAMPLES");
        met.stream().limit(FUNCTIONS).forEach(it -> row(table, it.function(), it.times(), modes));
        if (met.size() > FUNCTIONS) {
            List<Met> rest = met.subList(FUNCTIONS, met.size());
            row(
                    table,
                    "(%d others)".formatted(rest.size()),
                    rest.stream().mapToInt(Met::times).sum(),
                    modes);
        }
        return table;
    }

    private static void row(Table table, String function, int times, Modes modes) {
        table.row(function, share(times, modes.kernel()), share(times, modes.sum()), times);
    }

    private static Table processes(GuestUse guest) {
        Table table = new Table("PROCESS", "OF A PROCESSOR", "USER", "KERNEL", "PROCESSES");
        guest.processes().stream()
                .limit(PROCESSES)
                .forEach(it -> row(table, it.name(), it.time(), guest.window(), "" + it.count()));
        row(table, "all of the node", guest.all(), guest.window(), "");
        return table;
    }

    private static void row(Table table, String name, CpuTime time, Duration window, String count) {
        table.row(
                name,
                percent(ratio(time.sum(), window)),
                percent(ratio(time.user(), window)),
                percent(ratio(time.kernel(), window)),
                count);
    }

    private static String share(int part, int whole) {
        return percent(whole == 0 ? 0 : (double) part / whole);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%5.1f %%", 100 * ratio);
    }

    private static double ratio(Duration part, Duration whole) {
        return whole.isPositive() ? (double) part.toNanos() / whole.toNanos() : 0;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
