package vmlab.make;

import java.util.Set;

/** A lab whose nodes are switched on; {@code nodes} are the ones that this run did that to. */
public record Started(Bootable lab, Set<String> nodes) {

    /** Copies its set. */
    public Started {
        nodes = Set.copyOf(nodes);
    }

    /** Whether this run switched any node on. */
    public boolean fresh() {
        return !nodes.isEmpty();
    }
}
