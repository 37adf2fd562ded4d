package vmlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The moment after which one no longer waits. */
public record Deadline(Instant at, Duration limit, Clock clock) {

    /** A deadline {@code limit} from now. */
    public static Deadline in(Duration limit, Clock clock) {
        return new Deadline(clock.instant().plus(limit), limit, clock);
    }

    /** Whether it has passed. */
    public boolean passed() {
        return !clock.instant().isBefore(at);
    }
}
