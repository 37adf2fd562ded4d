package vmlab.run;

import java.time.Duration;

/**
 * How long one waits on this machine for what takes a known time elsewhere: limits were chosen on one machine, and hold on others in
 * proportion.
 *
 * @param factor by which a limit is longer here
 */
public record Pace(double factor) {

    /** That of the machine on which the limits were chosen. */
    public static final Pace USUAL = new Pace(1);

    /** However fast a machine is: not all that is waited for is computed. */
    private static final double LEAST = 0.5;

    /** However slow it is: who is told of a failure after hours does not hear of it. */
    private static final double MOST = 4;

    /** The pace of a machine that is {@code speed} times as fast as that one. */
    public static Pace ofSpeed(double speed) {
        return new Pace(Math.clamp(1 / speed, LEAST, MOST));
    }

    /** The limit that is {@code usual} there. */
    public Duration of(Duration usual) {
        return Duration.ofSeconds(Math.round(Math.ceil(usual.toMillis() * factor / 1000)));
    }
}
