package vmlab.make;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import vmlab.kube.ClusterKeys;

/** The cluster's keys, in the making since the command began: the one piece of work of lab's own that takes a second. */
public final class EarlyKeys {

    private final FutureTask<ClusterKeys> making = new FutureTask<>(ClusterKeys::create);

    private EarlyKeys() {}

    /** Begins at once where they are {@code wanted} for certain, otherwise when they are asked for. */
    public static EarlyKeys begin(boolean wanted) {
        EarlyKeys keys = new EarlyKeys();
        if (wanted) {
            Thread.ofPlatform().daemon().start(keys.making);
        }
        return keys;
    }

    /** The keys, once they are made. */
    public ClusterKeys get() throws InterruptedException {
        making.run();
        try {
            return making.get();
        } catch (ExecutionException error) {
            if (error.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(error.getCause());
        }
    }
}
