package vmlab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code network}: a private network, large enough for the nodes, that is none of the cluster's own. */
final class NetworkReader {

    private static final List<Cidr> PRIVATE = List.of(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("100.64.0.0/10"));
    private static final int WIDEST = 16;
    private static final int NARROWEST = 28;

    /** What k0s gives to pods and services unless its config says otherwise (docs.k0sproject.io, spec.network). */
    private static final Map<String, String> K0S_DEFAULTS =
            Map.of("podCIDR", "10.244.0.0/16", "serviceCIDR", "10.96.0.0/12");

    private final int nodes;
    private final Map<String, Object> k0sConfig;

    private NetworkReader(int nodes, Map<String, Object> k0sConfig) {
        this.nodes = nodes;
        this.k0sConfig = k0sConfig;
    }

    /** For a cluster of so many nodes. */
    static Type<Network> of(int nodes, Map<String, Object> k0sConfig) {
        return Type.mapping(new NetworkReader(nodes, k0sConfig)::read);
    }

    private Network read(Fields fields) {
        var cidr = fields.read("cidr", Type.text().as(Cidr::parse).as(this::check));
        return new Network(
                cidr,
                fields.read("mode", Type.oneOf(List.of(Network.Mode.values()))).orElse(Network.DEFAULT.mode()));
    }

    private Cidr check(Cidr cidr) {
        if (PRIVATE.stream().noneMatch(range -> range.contains(cidr))) {
            throw new InvalidValue(
                    cidr + " is not private",
                    "take one within "
                            + String.join(
                                    ", ", PRIVATE.stream().map(Cidr::toString).toList()));
        }
        if (cidr.prefix() < WIDEST || cidr.prefix() > NARROWEST) {
            throw new InvalidValue(
                    cidr + " has " + cidr.size() + " addresses", "take /" + WIDEST + " to /" + NARROWEST);
        }
        // Network and broadcast address, the gateway, and for each node a fixed address and one of the dynamic range.
        var needed = 3 + 2L * nodes;
        if (cidr.size() < needed) {
            var prefix = Integer.numberOfLeadingZeros((int) needed - 1);
            throw new InvalidValue(
                    cidr + " is too small for " + nodes + " nodes", "they need " + needed + " addresses: /" + prefix);
        }
        K0S_DEFAULTS.keySet().stream()
                .sorted()
                .forEach(key -> ofTheCluster(key).filter(cidr::overlaps).ifPresent(own -> {
                    throw new InvalidValue(
                            cidr + " overlaps " + own + ", which is k0s's " + key,
                            "take another, or set k0s.config.network." + key);
                }));
        return cidr;
    }

    private Optional<Cidr> ofTheCluster(String key) {
        var set = k0sConfig.get("network") instanceof Map<?, ?> network ? network.get(key) : null;
        try {
            return Optional.of(Cidr.parse(set == null ? K0S_DEFAULTS.get(key) : set.toString()));
        } catch (InvalidValue e) {
            return Optional.empty(); // k0s says so itself, and it may be IPv6
        }
    }
}
