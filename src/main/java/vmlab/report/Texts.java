package vmlab.report;

import java.time.Duration;
import java.util.Locale;
import vmlab.run.Seconds;

/** Lengths of time in words. */
public final class Texts {

    private Texts() {}

    /** {@code 0.4 s}, {@code 85.5 s}, from two minutes on {@code 2 min 24 s}. */
    public static String seconds(Duration time) {
        if (time.toSeconds() < 120) {
            return Seconds.text(time);
        }
        long whole = Math.round(time.toMillis() / 1000.0);
        return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }

    /** A difference with its sign: {@code +3.1 s}, {@code −12.0 s}, {@code ±0}. */
    public static String difference(Duration time) {
        if (time.abs().toMillis() < 50) {
            return "±0";
        }
        return (time.isNegative() ? "−" : "+") + seconds(time.abs());
    }
}
