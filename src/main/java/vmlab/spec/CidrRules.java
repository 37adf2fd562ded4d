package vmlab.spec;

import java.util.List;
import java.util.Map;

/** What holds for the CIDR of any network of a lab: private, large enough for its nodes, and none of the cluster's own. */
record CidrRules(int nodes, Map<String, Object> k0sConfig) {

    private static final List<Cidr> PRIVATE = List.of(
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("100.64.0.0/10"));
    private static final int WIDEST = 16;
    private static final int NARROWEST = 28;

    /** A CIDR that all of it holds for. */
    Type<Cidr> type() {
        return Type.text().as(Cidr::parse).as(this::check);
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
        // Network and broadcast address, the gateway, and as many again as there are nodes, to add some.
        var needed = 3 + 2L * nodes;
        if (cidr.size() < needed) {
            var prefix = Integer.numberOfLeadingZeros((int) needed - 1);
            throw new InvalidValue(
                    cidr + " is too small for " + nodes + " nodes", "they need " + needed + " addresses: /" + prefix);
        }
        ClusterRanges.of(k0sConfig).forEach((key, own) -> {
            if (cidr.overlaps(own)) {
                throw new InvalidValue(
                        cidr + " overlaps " + own + ", which is k0s's " + key,
                        "take another, or set k0s.config.network." + key);
            }
        });
        return cidr;
    }
}
