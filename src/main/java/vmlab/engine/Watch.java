package vmlab.engine;

import java.util.Map;
import java.util.Optional;
import vmlab.run.Events;

/**
 * Tells what an engine sees of a lab for as long as it is open: each change of a machine's state as it happens, each DHCP lease within a
 * second.
 */
public interface Watch extends AutoCloseable {

    /** Begins to watch. */
    @FunctionalInterface
    interface Source {

        /** The watch of {@code lab}, its nodes' names by MAC address; empty where it can't be watched, and the lab does without. */
        Optional<Watch> begin(String lab, Map<String, String> nodesByMac, Events events);
    }

    @Override
    void close();
}
