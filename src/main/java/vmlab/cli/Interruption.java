package vmlab.cli;

import com.sun.jna.Function;
import com.sun.jna.Pointer;

/**
 * Ctrl-C: the first winds down what runs, the second stops at once. SIGTERM is taken the same way. The JVM turns either into its shutdown,
 * whose hook interrupts the command and waits for it; the exit status is then 128 plus the signal's number.
 */
final class Interruption {

    private static final int[] SIGNALS = {2, 15};

    private final Thread command;
    private volatile boolean winding;

    private Interruption(Thread command) {
        this.command = command;
    }

    /** Makes signals interrupt the thread that calls this. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::windDown));
        return interruption;
    }

    /** Ends the process with {@code status}, unless a signal is ending it already. */
    void exit(int status) {
        if (!winding) {
            winding = true;
            // Not System.exit: that looks for a logger first, in every jar, which takes longer than most commands. No
            // hook is missed.
            Runtime.getRuntime().halt(status);
        }
    }

    private void windDown() {
        if (winding) {
            return;
        }
        winding = true;
        System.err.printf("%nlab: shutting down; press Ctrl-C again to abort%n");
        for (int signal : SIGNALS) {
            // signal(2) with SIG_DFL: the next one ends the process as if there were no JVM around it.
            Function.getFunction("c", "signal").invokePointer(new Object[] {signal, Pointer.NULL});
        }
        command.interrupt();
        try {
            command.join();
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
