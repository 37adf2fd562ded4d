package vmlab.machine;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import vmlab.run.Pace;

/**
 * How fast this machine emulates.
 *
 * @param round how long the guest's shortest round takes; empty where it could not be measured
 * @param evidence for people
 */
public record EmulationSpeed(Optional<Duration> round, String evidence) {

    /**
     * The same round on the machine on which the default limits and most figures of docs/figures.md came to be. Reckoned: a round takes 3.07
     * ms on a machine where the same boot takes 1.6 times as long as it did there.
     */
    public static final Duration REFERENCE = Duration.ofNanos(1_900_000);

    /** One that was measured. */
    public static EmulationSpeed measured(Duration round) {
        double speed = (double) REFERENCE.toNanos() / round.toNanos();
        return new EmulationSpeed(
                Optional.of(round),
                String.format(
                        Locale.ROOT,
                        "this machine emulates at %.1f × the reference; default timeouts are multiplied by %.1f",
                        speed,
                        Pace.ofSpeed(speed).factor()));
    }

    /** One that was not. */
    public static EmulationSpeed unknown(String why) {
        return new EmulationSpeed(Optional.empty(), "not measured (" + why + "); default timeouts hold as they are");
    }

    /** What that means for whoever waits. */
    public Pace pace() {
        return round.map(it -> Pace.ofSpeed((double) REFERENCE.toNanos() / it.toNanos()))
                .orElse(Pace.USUAL);
    }
}
