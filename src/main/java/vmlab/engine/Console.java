package vmlab.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** How a terminal gets to a machine's serial console. */
public sealed interface Console {

    /** A program takes the terminal over. */
    record Program(List<String> command) implements Console {}

    /** The engine carries bytes to and fro; raw mode, and the key that leaves, are the terminal's business. */
    non-sealed interface Line extends Console {

        /**
         * Shows on {@code screen} what the machine writes from now on, and brings it what comes from {@code keys}, until either ends.
         *
         * @return whether the keys ended; otherwise the line did
         */
        boolean join(InputStream keys, OutputStream screen) throws InterruptedException;
    }
}
