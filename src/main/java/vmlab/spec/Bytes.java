package vmlab.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk. Written with the unit in full, because 3 GiB and 3 GB are not the same: {@code 3GiB}, {@code 512MiB},
 * {@code 1.5GiB}, {@code 10GB}.
 *
 * @param value in bytes, never negative
 */
public record Bytes(long value) implements Comparable<Bytes> {

    private static final Pattern SYNTAX = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-z]*)");
    private static final String EXAMPLE = "write it like 3GiB, 512MiB or 10GB";

    private record Unit(String name, long size) {}

    private static final List<Unit> BINARY = List.of(
            new Unit("TiB", 1L << 40), new Unit("GiB", 1L << 30), new Unit("MiB", 1L << 20), new Unit("KiB", 1L << 10));
    private static final List<Unit> DECIMAL =
            List.of(new Unit("TB", 1_000_000_000_000L), new Unit("GB", 1_000_000_000L), new Unit("MB", 1_000_000L));

    /** Refuses a negative amount. */
    public Bytes {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
    }

    /** So many times 1024³ bytes. */
    public static Bytes gib(long count) {
        return new Bytes(Math.multiplyExact(count, 1L << 30));
    }

    /** So many times 1024² bytes. */
    public static Bytes mib(long count) {
        return new Bytes(Math.multiplyExact(count, 1L << 20));
    }

    /**
     * Reads {@code 3GiB}.
     *
     * @throws InvalidValue when the unit is missing or could mean two things
     */
    public static Bytes parse(String text) {
        var match = SYNTAX.matcher(text);
        if (!match.matches()) {
            throw new InvalidValue("'" + text + "' is no size", EXAMPLE);
        }
        var number = match.group(1);
        var typed = match.group(2);
        for (var units : List.of(BINARY, DECIMAL)) {
            for (var unit : units) {
                if (unit.name().equals(typed)) {
                    return exactly(text, new BigDecimal(number).multiply(BigDecimal.valueOf(unit.size())));
                }
            }
        }
        throw wrongUnit(text, number, typed);
    }

    private static Bytes exactly(String text, BigDecimal bytes) {
        try {
            return new Bytes(bytes.longValueExact());
        } catch (ArithmeticException e) {
            throw new InvalidValue("'" + text + "' is no whole number of bytes, or too many", EXAMPLE);
        }
    }

    private static InvalidValue wrongUnit(String text, String number, String typed) {
        if (typed.isEmpty()) {
            return new InvalidValue("'" + text + "' has no unit", EXAMPLE);
        }
        var letter = typed.substring(0, 1).toUpperCase(Locale.ROOT);
        if (!"KMGT".contains(letter) || !typed.matches("(?i).(i?b?)")) {
            return new InvalidValue("'" + text + "' has an unknown unit", EXAMPLE);
        }
        var binary = number + letter + "iB";
        var decimal = letter.equals("K") ? "" : " (1024-based) or " + number + letter + "B (1000-based)";
        return new InvalidValue("'" + text + "' does not say which unit it means", "write " + binary + decimal);
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }

    /** For people: the largest binary unit that fits, two decimals at most ({@code 1.5GiB}); exact for what people write in binary units. */
    @Override
    public String toString() {
        return BINARY.stream()
                .filter(unit -> value >= unit.size())
                .findFirst()
                .map(unit -> BigDecimal.valueOf(value)
                                .divide(BigDecimal.valueOf(unit.size()), 2, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + unit.name())
                .orElse(value + "B");
    }
}
