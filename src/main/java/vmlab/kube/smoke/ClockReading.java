package vmlab.kube.smoke;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far a node's clock is from this host's, as far as a request can tell: between {@code least} and {@code most}. The node read its
 * clock somewhere between the request's departure and the answer's arrival; how the time was shared between the two ways is not known.
 */
record ClockReading(String node, Duration least, Duration most) {

    /** From one request: it left, the node read its clock, the answer came. */
    static ClockReading of(String node, Instant left, Instant read, Instant came) {
        return new ClockReading(node, Duration.between(came, read), Duration.between(left, read));
    }

    /** What both readings of one clock allow. Two that contradict each other, since a clock was set between them, give the later one. */
    ClockReading and(ClockReading later) {
        Duration from = least.compareTo(later.least) > 0 ? least : later.least;
        Duration to = most.compareTo(later.most) < 0 ? most : later.most;
        return from.compareTo(to) > 0 ? later : new ClockReading(node, from, to);
    }

    /** How far the two clocks are apart at the very least. */
    Duration apartFrom(ClockReading other) {
        Duration gap = max(least.minus(other.most), other.least.minus(most));
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    /** How far it is from this host's clock at the very least. */
    Duration apartFromHost() {
        return apartFrom(new ClockReading("", Duration.ZERO, Duration.ZERO));
    }

    /** {@code w1 -0.41 s ± 0.02}. */
    @Override
    public String toString() {
        double from = least.toMillis() / 1000.0;
        double to = most.toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%s %+.2f s ± %.2f", node, (from + to) / 2, (to - from) / 2);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
