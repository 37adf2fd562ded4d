package vmlab.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several things at once. */
final class Together {

    private Together() {}

    /** Does all of it, and waits for the last; the first thing that one of them throws is thrown then. */
    static void all(List<? extends Callable<?>> acts) throws IOException, InterruptedException {
        List<Future<?>> begun = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            acts.forEach(act -> begun.add(threads.submit(act)));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Future<?> future : begun) {
            try {
                future.get();
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case IOException cause -> throw cause;
                    case InterruptedException cause -> throw cause;
                    case Throwable cause -> throw new IllegalStateException(cause);
                }
            }
        }
    }
}
