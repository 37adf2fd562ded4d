package vmlab.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long to wait before a lab counts as failed: {@code timeouts: {boot: 5m, ready: 15m, drain: 2m}}.
 *
 * @param boot from power-on until a node has booted
 * @param ready from then until the cluster is ready
 * @param drain for pods to leave a node that is restarted or removed; what is still there then goes with it
 */
public record Timeouts(Duration boot, Duration ready, Duration drain) {

    /** What stands when the file says nothing. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2));

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern SYNTAX =
            Pattern.compile("(?=.)(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?");
    private static final String EXAMPLE = "write it like 90s, 5m or 1h30m";

    /**
     * Reads {@code 90s}, {@code 5m} or {@code 1h30m}.
     *
     * @throws InvalidValue when it has no unit, is zero or more than a day
     */
    public static Duration parse(String text) {
        var match = SYNTAX.matcher(text);
        if (!match.matches()) {
            var digits = text.matches("[0-9]+");
            throw digits
                    ? new InvalidValue("'" + text + "' has no unit", "write " + text + "s or " + text + "m")
                    : new InvalidValue("'" + text + "' is no duration", EXAMPLE);
        }
        var duration =
                Duration.ofHours(part(match, 1)).plusMinutes(part(match, 2)).plusSeconds(part(match, 3));
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new InvalidValue("'" + text + "' is out of range", "1s to 24h");
        }
        return duration;
    }

    private static long part(Matcher match, int group) {
        return Optional.ofNullable(match.group(group)).map(Long::valueOf).orElse(0L);
    }
}
