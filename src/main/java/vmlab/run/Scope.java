package vmlab.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must go when a call ends, whichever way it ends: undone in reverse order, going on after an error. */
public final class Scope implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Keeps {@code resource} until the scope ends. */
    public <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /** Keeps nothing of it: all went well. */
    public void forget() {
        open.clear();
    }

    /** Closes everything, the newest first; the first error is thrown at the end, with the others attached. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception error) {
                if (first == null) {
                    first = new IllegalStateException("clean-up failed: " + error.getMessage(), error);
                } else {
                    first.addSuppressed(error);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
