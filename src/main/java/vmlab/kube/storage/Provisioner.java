package vmlab.kube.storage;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import vmlab.kube.KubeApi;
import vmlab.run.LabFailure;

/**
 * Makes and removes volumes for as long as it is let. Watches only ring: each round looks at everything anew, so that nothing is missed
 * where a cluster was restored to what it was before, or went away for a while.
 */
public final class Provisioner implements AutoCloseable {

    /** Until what failed is tried again. */
    private static final long SOON_SECONDS = 5;

    /** Until one looks unasked: a node whose power was cut breaks no connection, so its watches would be silent for ever. */
    private static final long IDLE_SECONDS = 30;

    private final Supplier<Optional<KubeApi>> cluster;
    private final NodeFolders folders;
    private final boolean isWanted;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;

    private Provisioner(Supplier<Optional<KubeApi>> cluster, NodeFolders folders, boolean isWanted) {
        this.cluster = cluster;
        this.folders = folders;
        this.isWanted = isWanted;
        this.thread = Thread.ofVirtual().name("volumes").unstarted(this::work);
    }

    /**
     * Starts one; where none is wanted, it only takes away the class that an earlier one left.
     *
     * @param cluster connects to the API, empty as long as there is none; called again when a connection broke
     */
    public static Provisioner start(Supplier<Optional<KubeApi>> cluster, NodeFolders folders, boolean isWanted) {
        Provisioner started = new Provisioner(cluster, folders, isWanted);
        started.thread.start();
        return started;
    }

    private void work() {
        try {
            while (true) {
                if (isOver()) {
                    return;
                }
                pause(SOON_SECONDS);
            }
        } catch (InterruptedException closed) {
            // as asked
        }
    }

    /** Works until the connection breaks, and returns whether there is nothing more to do. */
    private boolean isOver() throws InterruptedException {
        try {
            Optional<KubeApi> found = cluster.get();
            if (found.isEmpty()) {
                return false;
            }
            try (KubeApi api = found.get()) {
                if (isWanted) {
                    serve(api.client());
                } else {
                    DefaultClass.withdraw(api.client());
                }
                return !isWanted;
            }
        } catch (KubernetesClientException | LabFailure | UncheckedIOException away) {
            // The lab is starting, stopped or on its way down, and its files come and go with it.
            return false;
        }
    }

    private void serve(KubernetesClient client) throws InterruptedException {
        DefaultClass.offer(client);
        AtomicBoolean isBroken = new AtomicBoolean();
        Complaints complaints = new Complaints(client);
        try (Watch _ = client.persistentVolumeClaims().inAnyNamespace().watch(ringing(isBroken));
                Watch _ = client.persistentVolumes().watch(ringing(isBroken))) {
            while (!isBroken.get()) {
                pause(new Round(client, folders, complaints).run() ? IDLE_SECONDS : SOON_SECONDS);
            }
        }
    }

    private <T> Watcher<T> ringing(AtomicBoolean isBroken) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                bell.release();
            }

            @Override
            public void onClose(WatcherException broken) {
                isBroken.set(true);
                bell.release();
            }
        };
    }

    /** Waits until somebody rings, but no longer than that. */
    private void pause(long seconds) throws InterruptedException {
        if (bell.tryAcquire(seconds, TimeUnit.SECONDS)) {
            bell.drainPermits();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
