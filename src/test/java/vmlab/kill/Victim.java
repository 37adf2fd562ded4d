package vmlab.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import vmlab.run.Run;

/**
 * A command that is killed at one of its points. It stops for good where it is: no {@code finally} of it runs, no lock of it is let go of by
 * itself, what it wrote stays half written. The kernel's part, the locks, is done here.
 *
 * @param home the folder that it works in; what it does to it is watched
 */
record Victim(Path home) {

    /** A command, with the folder as it is to see it. */
    @FunctionalInterface
    interface Command {
        void run(Path home, Run run) throws Exception;
    }

    /** Where a command ended: at the point that was asked for, or, empty, by itself before. */
    record End(String killedAt, List<String> points, List<Throwable> failures) {

        boolean wasKilled() {
            return !killedAt.isEmpty();
        }
    }

    /** Runs a command up to its point {@code number}, from one on. */
    End killAt(int number, Command command) throws Exception {
        List<String> points = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        Points counted = what -> {
            boolean goesOn;
            synchronized (points) {
                if (points.size() < number) {
                    points.add(what);
                }
                goesOn = points.size() < number;
            }
            while (!goesOn) {
                end.countDown();
                LockSupport.park();
            }
        };
        Thread.ofVirtual().start(() -> {
            try {
                command.run(
                        new WatchedFiles(counted).path(home),
                        new Run(event -> counted.at(event.getClass().getSimpleName())));
            } catch (Throwable failure) {
                failures.add(failure);
            }
            end.countDown();
        });
        end.await();
        boolean killed = points.size() == number;
        if (killed) {
            letGoOfLocks();
        }
        return new End(killed ? points.getLast() : "", List.copyOf(points), List.copyOf(failures));
    }

    /** A lock whose file was removed is nobody's. */
    private void letGoOfLocks() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(it ->
                            it.getParent().endsWith("locks") || it.toString().endsWith(".lock"))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
