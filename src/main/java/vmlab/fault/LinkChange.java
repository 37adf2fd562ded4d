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

    Faults faults() {
        return new Faults(loss, rate, new TreeSet<>(partitions));
    }
}
