package vmlab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What of {@code k0s.config} would make a cluster that never works, though each part is well written: addresses that mean two things, a
 * network plug-in that there is not, a port where lab does not look.
 */
final class K0sConfigRules {

    private static final List<String> PROVIDERS = List.of("kuberouter", "calico", "custom");

    /** Addresses that never leave a machine or a link, or are no machine's. */
    private static final List<Cidr> SPECIAL = List.of(
            Cidr.parse("0.0.0.0/8"),
            Cidr.parse("127.0.0.0/8"),
            Cidr.parse("169.254.0.0/16"),
            Cidr.parse("224.0.0.0/4"),
            Cidr.parse("240.0.0.0/4"));

    /** The API server takes no larger one; a smaller one has no room for the services that each cluster has. */
    private static final int WIDEST_SERVICES = 12;

    private static final int NARROWEST_SERVICES = 28;

    /** Each node gets a /24 of the pods' range. */
    private static final int PODS_OF_A_NODE = 24;

    /** What k0s gives a node of the pods' IPv6 range, and how far kube-controller-manager lets that be from the whole (node-cidr-mask-size-ipv6). */
    private static final int PODS6_OF_A_NODE = 117;

    private static final int WIDEST_PODS6 = PODS6_OF_A_NODE - 16;

    /** kube-apiserver counts services with 20 bits at most. */
    private static final int WIDEST_SERVICES6 = 108;

    private static final int NARROWEST_SERVICES6 = 124;

    private static final String PODS6 = "IPv6podCIDR";

    private final Problems problems;
    private final int nodes;

    private K0sConfigRules(Problems problems, int nodes) {
        this.problems = problems;
        this.nodes = nodes;
    }

    /** Looks at {@code config}, for a cluster of so many nodes. */
    static void check(Value config, int nodes, Problems problems) {
        new K0sConfigRules(problems, nodes).check(config);
    }

    private void check(Value config) {
        at(config, "network").ifPresent(this::network);
        at(config, "api", "port").ifPresent(port -> only(port, "6443"));
        at(config, "api", "k0sApiPort").ifPresent(port -> only(port, "9443"));
    }

    private void only(Value port, String text) {
        if (!(port instanceof Value.Scalar scalar) || !scalar.text().equals(text)) {
            problems.add(port, "is " + port.shown() + ", and lab looks at " + text, "remove it");
        }
    }

    private void network(Value network) {
        at(network, "provider").ifPresent(provider -> {
            if (!(provider instanceof Value.Scalar scalar) || !PROVIDERS.contains(scalar.text())) {
                problems.add(
                        provider,
                        provider.shown() + " is no network provider of k0s",
                        Suggestion.among(PROVIDERS, provider instanceof Value.Scalar s ? s.text() : ""));
            }
        });
        apart(network, ClusterRanges.of(Map.of()), Cidr::parse, this::checked, Cidr::overlaps);
        Map<String, Cidr6> six = new TreeMap<>();
        ClusterRanges.DUAL_STACK.forEach((key, usual) -> six.put(key, Cidr6.parse(usual)));
        at(network, "dualStack")
                .ifPresent(value -> apart(value, six, Cidr6::parse, K0sConfigRules::checked6, Cidr6::overlaps));
    }

    /** Reads the ranges below {@code network} whose keys {@code usual} has, and refuses one that overlaps another. */
    private <R> void apart(
            Value network,
            Map<String, R> usual,
            Function<String, R> parse,
            BiFunction<String, R, R> checked,
            BiPredicate<R, R> overlaps) {
        Map<String, R> ranges = new TreeMap<>(usual);
        ranges.keySet().removeIf(key -> at(network, key).isPresent());
        usual.keySet().forEach(key -> at(network, key).ifPresent(value -> Type.text()
                .as(parse)
                .as(range -> checked.apply(key, range))
                .read(value, problems)
                .ifPresent(range -> {
                    ranges.values().stream()
                            .filter(other -> overlaps.test(range, other))
                            .findFirst()
                            .ifPresent(other -> problems.add(
                                    value,
                                    range + " overlaps " + other + ": pods and services would have the same addresses",
                                    "take ranges apart for " + String.join(" and ", usual.keySet())));
                    ranges.put(key, range);
                })));
    }

    private static Cidr6 checked6(String key, Cidr6 cidr) {
        int widest = key.equals(PODS6) ? WIDEST_PODS6 : WIDEST_SERVICES6;
        int narrowest = key.equals(PODS6) ? PODS6_OF_A_NODE : NARROWEST_SERVICES6;
        if (cidr.prefix() < widest || cidr.prefix() > narrowest) {
            throw new InvalidValue(cidr + " is a /" + cidr.prefix(), "take /" + widest + " to /" + narrowest);
        }
        return cidr;
    }

    private Cidr checked(String key, Cidr cidr) {
        if (SPECIAL.stream().anyMatch(cidr::overlaps)) {
            throw new InvalidValue(
                    cidr + " has addresses with a meaning of their own", "take a private one, like 10.200.0.0/16");
        }
        if (key.equals("serviceCIDR") && (cidr.prefix() < WIDEST_SERVICES || cidr.prefix() > NARROWEST_SERVICES)) {
            throw new InvalidValue(
                    cidr + " has " + cidr.size() + " addresses",
                    "take /" + WIDEST_SERVICES + " to /" + NARROWEST_SERVICES);
        }
        if (key.equals("podCIDR") && cidr.size() >> (32 - PODS_OF_A_NODE) < nodes) {
            throw new InvalidValue(
                    cidr + " is too small for " + nodes + (nodes == 1 ? " node" : " nodes"),
                    "each gets a /" + PODS_OF_A_NODE + " of it");
        }
        return cidr;
    }

    private static Optional<Value> at(Value value, String... keys) {
        Optional<Value> found = Optional.of(value);
        for (String key : keys) {
            found = found.flatMap(it -> it instanceof Value.Entries entries
                    ? Optional.ofNullable(entries.byKey().get(key)).map(Value.Entry::value)
                    : Optional.empty());
        }
        return found;
    }
}
