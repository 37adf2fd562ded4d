package vmlab.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** A time axis: from nothing to {@code length}, drawn from {@code left} to {@code right}. */
record Scale(Duration length, double left, double right) {

    private static final List<Long> STEPS =
            List.of(1L, 2L, 5L, 10L, 15L, 20L, 30L, 60L, 120L, 300L, 600L, 1800L, 3600L);
    private static final int MOST_TICKS = 12;

    /** One line of the grid. */
    record Tick(String x, String label) {}

    double x(Duration time) {
        double share = length.isZero() ? 0 : (double) time.toMillis() / length.toMillis();
        return left + Math.clamp(share, 0, 1) * (right - left);
    }

    List<Tick> ticks() {
        long seconds = Math.max(1, length.toSeconds());
        long step = STEPS.stream()
                .filter(s -> seconds / s <= MOST_TICKS)
                .findFirst()
                .orElse(seconds / MOST_TICKS);
        return LongStream.iterate(0, t -> t <= seconds, t -> t + step)
                .mapToObj(t -> new Tick(
                        number(x(Duration.ofSeconds(t))), String.format(Locale.ROOT, "%d:%02d", t / 60, t % 60)))
                .toList();
    }

    /** A coordinate, as short as it may be. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
