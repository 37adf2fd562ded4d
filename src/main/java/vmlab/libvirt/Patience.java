package vmlab.libvirt;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.libvirt.LibvirtException;
import vmlab.run.LabFailure;

/**
 * How long libvirt may take for an answer. A call of a libvirtd that hangs never returns, and nothing in libvirt's library ends it: it is
 * left behind in a thread of its own.
 */
record Patience(Duration limit) {

    /** Long enough to end a QEMU that does not heed SIGTERM, on a machine that is busy. */
    static final Patience USUAL = new Patience(Duration.ofMinutes(3));

    private static final long STACK_FOR_LIBVIRT = 1 << 20;

    /** What the call returns or throws; a {@link LabFailure} where it does neither in time. An interruption does not cut it short. */
    <T> T await(String doing, LibvirtErrors.Call<T> call) throws LibvirtException {
        FutureTask<T> answer = new FutureTask<>(call::run);
        Thread.ofPlatform()
                .daemon()
                .name("libvirt: " + doing)
                .stackSize(STACK_FOR_LIBVIRT)
                .start(answer);
        try {
            return get(answer);
        } catch (TimeoutException hangs) {
            throw LabFailure.machine(
                    "libvirt does not answer",
                    "it was asked to %s %s ago".formatted(doing, words(limit)),
                    "end libvirtd and start it again, which machines outlive (lab exec -- pkill -KILL libvirtd in the"
                            + " embedded host, where it starts again by itself); then run this again");
        } catch (ExecutionException error) {
            throw rethrown(error.getCause());
        }
    }

    private <T> T get(FutureTask<T> answer) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static LibvirtException rethrown(Throwable cause) {
        switch (cause) {
            case LibvirtException told -> {
                return told;
            }
            case RuntimeException bug -> throw bug;
            case Error broken -> throw broken;
            default -> throw new IllegalStateException(cause);
        }
    }

    private static String words(Duration limit) {
        return limit.toMillis() < 1000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
    }
}
