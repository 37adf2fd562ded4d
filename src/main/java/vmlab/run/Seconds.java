package vmlab.run;

import java.time.Duration;
import java.util.Locale;

/** A length of time in seconds, for people. */
public final class Seconds {

    private Seconds() {}

    /** {@code 0.4 s}, {@code 85.5 s}. */
    public static String text(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
