package vmlab.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.spec.InvalidValue;

/** Bits in a second, as tc and everybody writes them. */
public record Rate(int count, String unit) {

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})([kmg])bit");

    /** Reads {@code 512kbit}, {@code 10mbit} or {@code 1gbit}. */
    public static Rate parse(String text) {
        Matcher rate = TEXT.matcher(text);
        if (!rate.matches()) {
            throw new InvalidValue("'" + text + "' is no rate", "512kbit, 10mbit, 1gbit");
        }
        return new Rate(Integer.parseInt(rate.group(1)), rate.group(2));
    }

    /** In bytes a second. */
    long bytes() {
        long factor =
                switch (unit) {
                    case "k" -> 1_000;
                    case "m" -> 1_000_000;
                    default -> 1_000_000_000;
                };
        return count * factor / 8;
    }

    @Override
    public String toString() {
        return count + unit + "bit";
    }
}
