package vmlab.phase;

import java.util.Set;

/** A lab whose nodes are switched on; {@code nodes} are the ones that this run did that to. */
record Started(Bootable lab, Set<String> nodes) {

    /** Copies its set. */
    Started {
        nodes = Set.copyOf(nodes);
    }

    /** Whether this run switched any node on. */
    boolean fresh() {
        return !nodes.isEmpty();
    }
}
