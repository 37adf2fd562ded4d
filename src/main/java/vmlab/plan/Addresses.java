package vmlab.plan;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import vmlab.spec.Cluster;
import vmlab.spec.Node;

/**
 * Gives each node its addresses. A node that exists keeps its own, so that removing one renumbers no other; a new one gets the one that it
 * asks for, or the first that is left.
 */
record Addresses(Cluster cluster, Inventory found) {

    /** The nodes, in the order of cluster.yaml. */
    List<NodePlan> of(NetworkPlan first, List<NetworkPlan> further) {
        Map<String, Inet4Address> addresses = on(first, cluster.nodes());
        Map<NetworkPlan, Map<String, Inet4Address>> besides = new HashMap<>();
        for (NetworkPlan network : further) {
            besides.put(
                    network,
                    on(
                            network,
                            cluster.nodes().stream()
                                    .filter(node -> node.networks().contains(network.label()))
                                    .toList()));
        }
        return cluster.nodes().stream()
                .map(node -> {
                    Inet4Address address = addresses.get(node.name());
                    return NodePlan.of(
                            cluster.name(),
                            node,
                            address,
                            first.ula().map(ula -> ula.host(first.cidr().indexOf(address))),
                            nics(node, further, besides));
                })
                .toList();
    }

    private Map<String, Inet4Address> on(NetworkPlan network, List<Node> nodes) {
        Map<String, Inet4Address> addresses = new HashMap<>();
        found.network(network.name()).ifPresent(existing -> existing.addresses()
                .forEach((node, address) -> addresses.put(node, Inet4Address.ofLiteral(address))));
        if (network.label().isEmpty()) {
            nodes.forEach(node -> node.address().ifPresent(asked -> addresses.putIfAbsent(node.name(), asked)));
        }
        Set<Inet4Address> taken = new HashSet<>(addresses.values());
        Iterator<Inet4Address> free = IntStream.iterate(0, i -> i + 1)
                .mapToObj(network::nodeAddress)
                .filter(address -> !taken.contains(address))
                .iterator();
        nodes.forEach(node -> addresses.computeIfAbsent(node.name(), any -> free.next()));
        return addresses;
    }

    private List<Nic> nics(
            Node node, List<NetworkPlan> further, Map<NetworkPlan, Map<String, Inet4Address>> addresses) {
        List<Nic> nics = new ArrayList<>();
        for (NetworkPlan network : further) {
            if (node.networks().contains(network.label())) {
                nics.add(new Nic(
                        "eth" + (1 + nics.size()),
                        network,
                        Names.mac(cluster.name(), node.name(), network.label()),
                        addresses.get(network).get(node.name())));
            }
        }
        return List.copyOf(nics);
    }
}
