package vmlab.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program run to its end, with what it said. It ends with this process: its stdin is a pipe that closes then, for those who watch it. */
final class Script {

    private static final int LAST = 15;

    /** How it ended. */
    record Outcome(int status, List<String> lastLines) {}

    private final ProcessBuilder process;
    private final Deque<String> last = new ArrayDeque<>();

    Script(ProcessBuilder process) {
        this.process = process.redirectErrorStream(true);
    }

    /** Runs it and tells its steps. An interruption ends it. */
    Outcome run(Steps steps) throws IOException, InterruptedException {
        return run(steps::take, steps::tick);
    }

    /** Runs it; each line goes to {@code listener} as it comes. An interruption ends it. */
    Outcome run(Consumer<String> listener) throws IOException, InterruptedException {
        return run(listener, () -> {});
    }

    private Outcome run(Consumer<String> listener, Runnable tick) throws IOException, InterruptedException {
        Process running = process.start();
        var reader = Thread.ofVirtual().start(() -> read(running, listener));
        try {
            while (!running.waitFor(Steps.TICK)) {
                tick.run();
            }
            int status = running.exitValue();
            // A process that it left behind may still hold the pipe.
            reader.join(TimeUnit.SECONDS.toMillis(2));
            synchronized (last) {
                return new Outcome(status, List.copyOf(last));
            }
        } finally {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        }
    }

    private void read(Process running, Consumer<String> listener) {
        try (BufferedReader lines = running.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (last) {
                    if (last.size() == LAST) {
                        last.removeFirst();
                    }
                    last.addLast(line);
                }
                listener.accept(line);
            }
        } catch (IOException | UncheckedIOException ended) {
            // Nothing more to be had: the process has been ended.
        }
    }
}
