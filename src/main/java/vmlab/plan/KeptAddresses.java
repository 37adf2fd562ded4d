package vmlab.plan;

import java.net.Inet4Address;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Addresses that stay: a node that exists keeps its own, a new one gets the first that is free. So removing a node renumbers no other. */
final class KeptAddresses {

    private KeptAddresses() {}

    /** {@code nodes} with the addresses of {@code known} (by node name), the others with the first free ones of {@code network}. */
    static List<NodePlan> of(List<NodePlan> nodes, NetworkPlan network, Map<String, String> known) {
        Set<String> taken = new HashSet<>(known.values());
        Iterator<Inet4Address> free = IntStream.iterate(0, i -> i + 1)
                .mapToObj(network::nodeAddress)
                .filter(address -> !taken.contains(address.getHostAddress()))
                .iterator();
        return nodes.stream()
                .map(node -> node.at(
                        known.containsKey(node.name()) ? Inet4Address.ofLiteral(known.get(node.name())) : free.next()))
                .toList();
    }
}
