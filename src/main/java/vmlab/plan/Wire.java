package vmlab.plan;

/**
 * Where a node's card is on a network of its lab, which follows from names alone: known also before either is there.
 *
 * @param bridge the device that all frames of the network pass
 * @param mac the card's own address
 */
public record Wire(String bridge, String mac) {

    /** That of {@code node} of {@code lab}; {@code network} is a further one's name in cluster.yaml, empty for the first. */
    public static Wire of(String lab, String node, String network) {
        return network.isEmpty()
                ? new Wire(Names.bridge(lab), Names.mac(lab, node))
                : new Wire(Names.bridge(Names.network(lab, network)), Names.mac(lab, node, network));
    }
}
