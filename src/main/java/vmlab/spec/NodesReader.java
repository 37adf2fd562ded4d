package vmlab.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code nodes}: each entry, and then whether together they make a cluster. */
final class NodesReader {

    private static final String EXAMPLE = "[{name: cp, role: single}]";

    private NodesReader() {}

    /** The entries; {@code networks} are the names of the further networks. */
    static List<NodeEntry> read(Fields cluster, List<String> networks) {
        var alone = cluster.value("nodes")
                .filter(value ->
                        value instanceof Value.Items items && items.values().size() == 1)
                .isPresent();
        var entries = cluster.require("nodes", Type.listOf(NodeReader.of(alone, networks)), EXAMPLE)
                .orElse(List.of());
        if (cluster.value("nodes").filter(NodesReader::isEmptyList).isPresent()) {
            cluster.problem("nodes", "is empty", "write at least one: " + EXAMPLE);
        }
        refuseSameNames(entries);
        refuseImpossibleRoles(cluster, entries);
        return entries;
    }

    private static boolean isEmptyList(Value value) {
        return value instanceof Value.Items items && items.values().isEmpty();
    }

    private static void refuseSameNames(List<NodeEntry> entries) {
        Map<String, Place> taken = new HashMap<>();
        for (var entry : entries) {
            for (var node : entry.name().isPresent() ? entry.expand() : List.<Node>of()) {
                var here = entry.at().place("name");
                var first = Optional.ofNullable(taken.putIfAbsent(node.name(), here));
                first.ifPresent(place -> entry.at()
                        .problem(
                                "name",
                                "'" + node.name() + "' is the name of a node already",
                                "line " + place.line() + " has it: choose another"));
                if (node.name().length() > 31) {
                    entry.at()
                            .problem(
                                    "name",
                                    "'" + node.name() + "' has more than 31 characters",
                                    "choose a shorter one");
                }
            }
        }
    }

    /** Looks only when every role is known: what is missing would else be blamed on a typo's neighbours. */
    private static void refuseImpossibleRoles(Fields cluster, List<NodeEntry> entries) {
        var roles = entries.stream().flatMap(entry -> entry.role().stream()).toList();
        var size = entries.stream().mapToInt(entry -> entry.count().orElse(1)).sum();
        if (roles.isEmpty() || roles.size() < entries.size()) {
            return;
        }
        if (roles.contains(Role.SINGLE) && size > 1) {
            cluster.problem("nodes", "role single with other nodes: nothing can join it", "use controller+worker");
        } else if (roles.stream().noneMatch(Role::isController)) {
            cluster.problem("nodes", "no node has a control plane", "make one of them controller or controller+worker");
        } else if (roles.stream().noneMatch(Role::runsPods)) {
            cluster.problem("nodes", "no node runs pods", "add a worker, or make one of them controller+worker");
        }
    }
}
