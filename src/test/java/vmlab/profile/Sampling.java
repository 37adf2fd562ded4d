package vmlab.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Looks at a machine's registers again and again, for some time, and no more often than some number: each look stops QEMU for a moment.
 *
 * @param window for how long
 * @param looks how often at most
 */
record Sampling(Duration window, int looks) {

    private static final int A_SECOND = 20;
    private static final int MOST = 4000;

    static Sampling of(Duration window) {
        return new Sampling(window, Math.clamp(window.toSeconds() * A_SECOND, 1, MOST));
    }

    /**
     * Does it.
     *
     * @param monitor answers with what {@code info registers -a} says
     * @param told after each look, how many there were
     */
    Samples take(Supplier<String> monitor, IntConsumer told) throws InterruptedException {
        List<CpuState> states = new ArrayList<>();
        long begin = System.nanoTime();
        long pause = window.toNanos() / looks;
        long due = begin;
        for (int look = 1; look <= looks && System.nanoTime() - begin < window.toNanos(); look++) {
            states.addAll(Registers.parse(monitor.get()));
            told.accept(look);
            // Between half a pause and one and a half: looks at a fixed rhythm would keep step with the guest's clock
            // tick.
            due = Math.max(due, System.nanoTime() - pause)
                    + ThreadLocalRandom.current().nextLong(pause / 2, pause + pause / 2 + 1);
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
        return new Samples(states);
    }
}
