package vmlab.suite;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A line that a kernel writes where something went wrong in it or under it. */
record KernelTrouble(String line, Optional<Known> known) {

    private static final Pattern TROUBLE = Pattern.compile(String.join(
            "|",
            "Kernel panic",
            "Oops: ",
            "\\bBUG: ",
            "kernel BUG at ",
            "WARNING: CPU: \\d",
            "Out of memory: Killed process",
            "Memory cgroup out of memory: Killed process",
            "segfault at ",
            "general protection fault",
            "detected stalls",
            "blocked for more than \\d+ seconds",
            "EXT4-fs error",
            "SQUASHFS error",
            "I/O error"));

    /** What is harmless, since when that is known, and why. */
    enum Known {
        STOLEN_TIME(
                "soft lockup|detected stalls",
                true,
                LocalDate.of(2026, 11, 27),
                "an emulated processor stands still while this machine is busy, and its kernel can't know");

        private final Pattern line;
        private final boolean isOfEmulation;
        private final LocalDate since;
        private final String reason;

        Known(String line, boolean isOfEmulation, LocalDate since, String reason) {
            this.line = Pattern.compile(line);
            this.isOfEmulation = isOfEmulation;
            this.since = since;
            this.reason = reason;
        }

        private boolean covers(String text, boolean isEmulated) {
            return (isEmulated || !isOfEmulation) && line.matcher(text).find();
        }

        @Override
        public String toString() {
            return reason + " (known since " + since + ")";
        }
    }

    /** The trouble in these lines of a console or of {@code dmesg}, each line once. */
    static List<KernelTrouble> in(List<String> lines, boolean isEmulated) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> TROUBLE.matcher(line).find())
                .distinct()
                .map(line -> new KernelTrouble(line, known(line, isEmulated)))
                .toList();
    }

    private static Optional<Known> known(String line, boolean isEmulated) {
        for (Known known : Known.values()) {
            if (known.covers(line, isEmulated)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
