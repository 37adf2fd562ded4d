package vmlab.spec;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The addresses that Kubernetes gives to pods and services, by their key in k0s's configuration. */
public final class ClusterRanges {

    /** What k0s takes unless its config says otherwise (docs.k0sproject.io, spec.network). */
    private static final Map<String, String> DEFAULTS =
            Map.of("podCIDR", "10.244.0.0/16", "serviceCIDR", "10.96.0.0/12");

    /** The IPv6 ranges that lab's labs have beside them, unless k0s.config says otherwise, with k0s's keys and its documentation's values. */
    public static final SortedMap<String, String> DUAL_STACK =
            new TreeMap<>(Map.of("IPv6podCIDR", "fd00::/108", "IPv6serviceCIDR", "fd01::/108"));

    private ClusterRanges() {}

    /** The IPv4 ranges of a cluster with this {@code k0s.config}; what k0s itself refuses is left out. */
    public static SortedMap<String, Cidr> of(Map<String, Object> k0sConfig) {
        var network = k0sConfig.get("network") instanceof Map<?, ?> set ? set : Map.of();
        var ranges = new TreeMap<String, Cidr>();
        DEFAULTS.forEach((key, usual) -> {
            var text = network.get(key) == null ? usual : network.get(key).toString();
            try {
                ranges.put(key, Cidr.parse(text));
            } catch (InvalidValue notIpv4) {
                ranges.remove(key);
            }
        });
        return ranges;
    }
}
