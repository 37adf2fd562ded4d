package vmlab.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code ports}: each port of this machine once, to nodes that there are. */
final class ForwardingsReader {

    private static final Type<List<Forwarding>> PORTS = Type.listOf(Type.text().as(Forwarding::parse));

    private ForwardingsReader() {}

    static List<Forwarding> read(Fields fields, List<Node> nodes) {
        List<Forwarding> ports = fields.read("ports", PORTS).orElse(List.of());
        List<String> names = nodes.stream().map(Node::name).toList();
        Set<Integer> taken = new HashSet<>();
        for (Forwarding port : ports) {
            if (!taken.add(port.here())) {
                fields.problem("ports", "forwards port " + port.here() + " twice", "take another for one of them");
            }
            if (!port.leadsToService() && !names.contains(port.place())) {
                fields.problem(
                        "ports",
                        port + " leads to node '" + port.place() + "', which there is not",
                        Suggestion.among(names, port.place()));
            }
        }
        return ports;
    }
}
