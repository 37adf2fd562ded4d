package vmlab.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Commands that are killed. One stops for good at one of its points: no {@code finally} of it runs, and what it wrote stays half written.
 * Only the locks, which the kernel would let go of, are let go of here.
 *
 * @param home the folder in which commands work, for the locks
 */
record Victim(Path home) {

    /** A build waits for two seconds for what its script still says. */
    private static final Duration OWN_THREAD = Duration.ofSeconds(4);

    /** A command, whose changes go by way of {@code points}. */
    @FunctionalInterface
    interface Command {
        void run(Points points) throws Exception;
    }

    /** What is asked once a command was killed. */
    @FunctionalInterface
    interface Question {
        void ask(int number) throws Exception;
    }

    /** Kills {@code command} at each of its points, with {@code before} done each time, and says how many there were. */
    void killEverywhere(String name, Command before, Command command, Question after) throws Exception {
        killEverywhere(name, 1, before, command, after);
    }

    /** The same from point {@code first} on, where what comes before is killed elsewhere. */
    void killEverywhere(String name, int first, Command before, Command command, Question after) throws Exception {
        for (int number = first; ; number++) {
            before.run(what -> {});
            End end = killAt(number, command);
            if (!end.wasKilled()) {
                assertThat(end.failures()).as("not killed").isEmpty();
                assertThat(number).as("points").isGreaterThan(first);
                System.out.printf("killed: %-12s at %3d points, left 0, lost 0%n", name, number - first);
                return;
            }
            try {
                after.ask(number);
            } catch (Exception | AssertionError lost) {
                fail(name + " killed at its point " + number + " (" + end.last() + ")", lost);
            }
        }
    }

    /** Where a command ended: at the point that was asked for, or by itself before, or failed. */
    record End(boolean wasKilled, List<String> points, List<Throwable> failures) {

        String last() {
            return String.join(", ", points.subList(Math.max(0, points.size() - 5), points.size()));
        }
    }

    /**
     * Runs a command up to its point {@code number}, from one on. Where a thread that it started comes to that point, its own has
     * {@link #OWN_THREAD} to come to its next change, so that it removes nothing of the command that is run next.
     */
    End killAt(int number, Command command) throws InterruptedException, IOException {
        List<String> points = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ownEnd = new CountDownLatch(1);
        AtomicReference<Thread> own = new AtomicReference<>();
        Points counted = what -> {
            boolean isLast;
            synchronized (points) {
                if (points.size() < number) {
                    points.add(what);
                }
                isLast = points.size() == number;
            }
            while (isLast) {
                if (Thread.currentThread() == own.get()) {
                    ownEnd.countDown();
                }
                end.countDown();
                LockSupport.park();
            }
        };
        own.set(Thread.ofVirtual().unstarted(() -> {
            try {
                command.run(counted);
            } catch (Throwable failure) {
                failures.add(failure);
            }
            ownEnd.countDown();
            end.countDown();
        }));
        own.get().start();
        end.await();
        ownEnd.await(OWN_THREAD.toMillis(), TimeUnit.MILLISECONDS);
        synchronized (points) {
            letGoOfLocks();
            return new End(points.size() == number, List.copyOf(points), List.copyOf(failures));
        }
    }

    /** A lock whose file was removed is nobody's. */
    private void letGoOfLocks() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(it -> it.endsWith("lock")
                            || it.toString().endsWith(".lock")
                            || it.getParent().endsWith("locks"))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
