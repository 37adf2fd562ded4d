package vmlab.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What cluster.yaml says of how long to wait: {@code timeouts: {boot: 5m, ready: 15m, drain: 2m}}. What it leaves open depends on the
 * machine.
 *
 * @param boot as in {@link Limits}; empty where the file says nothing
 * @param ready so too
 * @param drain so too
 */
public record Timeouts(Optional<Duration> boot, Optional<Duration> ready, Optional<Duration> drain) {

    /** Those of a file that says nothing. */
    public static final Timeouts UNSAID = new Timeouts(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern SYNTAX =
            Pattern.compile("(?=.)(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?");
    private static final String EXAMPLE = "write it like 90s, 5m or 1h30m";

    /** What holds: what is said as it is said, and of the rest what {@code pace} makes of the usual. */
    public Limits limits(UnaryOperator<Duration> pace) {
        return new Limits(
                boot.orElseGet(() -> pace.apply(Limits.USUAL.boot())),
                ready.orElseGet(() -> pace.apply(Limits.USUAL.ready())),
                drain.orElseGet(() -> pace.apply(Limits.USUAL.drain())));
    }

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
