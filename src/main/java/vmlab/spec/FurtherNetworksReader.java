package vmlab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code networks}: each with a name and a CIDR of its own. */
final class FurtherNetworksReader {

    private final Network first;
    private final CidrRules rules;
    private final List<FurtherNetwork> read = new ArrayList<>();

    private FurtherNetworksReader(Network first, CidrRules rules) {
        this.first = first;
        this.rules = rules;
    }

    /** The names alone, which nodes refer to; what is wrong with the rest is said when it is read. */
    static List<String> names(Fields cluster) {
        return cluster.value("networks").stream()
                .flatMap(value -> value instanceof Value.Items items ? items.values().stream() : Stream.empty())
                .flatMap(value -> value instanceof Value.Entries entries
                        ? Optional.ofNullable(entries.byKey().get("name")).stream()
                        : Stream.empty())
                .flatMap(entry ->
                        entry.value() instanceof Value.Scalar scalar ? Stream.of(scalar.text()) : Stream.empty())
                .distinct()
                .toList();
    }

    /** Beside the network that nodes boot from; each has room for all nodes, whichever are on it. */
    static Type<List<FurtherNetwork>> of(Network first, int nodes, Map<String, Object> k0sConfig) {
        return Type.listOf(Type.mapping(new FurtherNetworksReader(first, new CidrRules(nodes, k0sConfig))::read));
    }

    private FurtherNetwork read(Fields fields) {
        var name = fields.require("name", Names.NAME, "storage").orElse("");
        var network = new FurtherNetwork(
                name,
                fields.read("cidr", rules.type().as(this::refuseOverlap)),
                fields.read("mode", NetworkReader.MODE).orElse(Network.DEFAULT.mode()));
        if (read.stream().anyMatch(other -> other.name().equals(name))) {
            fields.problem("name", "'" + name + "' is the name of a network already", "choose another");
        }
        read.add(network);
        return network;
    }

    private Cidr refuseOverlap(Cidr cidr) {
        Stream.concat(
                        first.cidr().map(other -> Map.entry("network", other)).stream(),
                        read.stream().flatMap(other -> other.cidr().map(c -> Map.entry(other.name(), c)).stream()))
                .filter(other -> cidr.overlaps(other.getValue()))
                .findFirst()
                .ifPresent(other -> {
                    throw new InvalidValue(
                            cidr + " overlaps " + other.getValue() + ", which is " + other.getKey() + "'s",
                            "take another, or leave it out: the first free one is taken");
                });
        return cidr;
    }
}
