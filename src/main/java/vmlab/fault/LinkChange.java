package vmlab.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is to become of a node's link to a network.
 *
 * @param network a further one's name in cluster.yaml; empty for the first
 * @param plugged whether the cable is to be in; empty where it stays as it is
 * @param partitions nodes that it shall not reach any more
 * @param isMended whether all faults that there are go first
 */
public record LinkChange(
        String node,
        String network,
        Optional<Boolean> plugged,
        Optional<Loss> loss,
        Optional<Rate> rate,
        Optional<Duration> delay,
        List<String> partitions,
        boolean isMended) {

    /** The cable of a node's first card, in or out. */
    public static LinkChange plug(String node, boolean plugged) {
        return of(node, Optional.of(plugged), List.of(), false);
    }

    /** A node that no longer reaches these others. */
    public static LinkChange part(String node, List<String> others) {
        return of(node, Optional.empty(), others, false);
    }

    /** An end to all faults of a node's first card. */
    public static LinkChange mend(String node) {
        return of(node, Optional.empty(), List.of(), true);
    }

    private static LinkChange of(String node, Optional<Boolean> plugged, List<String> parted, boolean isMended) {
        return new LinkChange(
                node, "", plugged, Optional.empty(), Optional.empty(), Optional.empty(), parted, isMended);
    }

    Faults faults() {
        return new Faults(loss, rate, new TreeSet<>(partitions));
    }
}
