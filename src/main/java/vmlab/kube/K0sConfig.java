package vmlab.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.spec.ClusterRanges;

/**
 * The k0s.yaml of a controller: what a small lab on slow machines wants, with the user's own {@code k0s.config} laid over it.
 *
 * @param address the API server's address as nodes and host reach it; also etcd's
 * @param names further names and addresses in the API server's certificate
 * @param endpoint the address at which all controllers are reached, where there are several
 * @param user the user's {@code .spec}: maps are merged key by key, anything else replaces ours, null takes ours away
 */
public record K0sConfig(String address, List<String> names, Optional<String> endpoint, Map<String, Object> user) {

    /** The addresses, the node's and the endpoint's, and the loopback (for a port forwarded to the host) are always among the names. */
    public static K0sConfig of(String nodeName, String address, Optional<String> endpoint, Map<String, Object> user) {
        List<String> names = Stream.concat(Stream.of(address, "127.0.0.1", nodeName), endpoint.stream())
                .toList();
        return new K0sConfig(address, names, endpoint, user);
    }

    /** The same with IPv6 beside IPv4 for pods and services (docs.k0sproject.io, dual-stack). */
    public K0sConfig withDualStack() {
        Map<String, Object> ranges = Yaml.map("enabled", true);
        ranges.putAll(ClusterRanges.DUAL_STACK);
        Map<String, Object> ours = Yaml.map("network", Yaml.map("dualStack", ranges));
        return new K0sConfig(address, names, endpoint, DeepMerge.of(ours, user));
    }

    /** The text of the file; the same for the same input. */
    public String yaml() {
        return Yaml.write(Yaml.map(
                "apiVersion",
                "k0s.k0sproject.io/v1beta1",
                "kind",
                "ClusterConfig",
                "metadata",
                Yaml.map("name", "k0s"),
                "spec",
                DeepMerge.of(defaults(), user)));
    }

    private Map<String, Object> defaults() {
        Map<String, Object> api = Yaml.map("address", address, "sans", names);
        Map<String, Object> etcd = Yaml.map("peerAddress", address);
        Map<String, Object> spec = Yaml.map("api", api);
        // etcd also on a single node, where k0s would take kine: one kind of store in every lab, stand-in included.
        spec.put("storage", Yaml.map("type", "etcd", "etcd", etcd));
        // The images lie in the node's own image; without this they are pulled all the same.
        spec.put("images", Yaml.map("default_pull_policy", "Never"));
        spec.put("telemetry", Yaml.map("enabled", false));
        if (endpoint.isPresent()) {
            api.put("externalAddress", endpoint.get());
            // etcd's own 100 ms and 1 s are for machines that are never late; emulated ones would elect leaders all the
            // time.
            etcd.put("extraArgs", Yaml.map("heartbeat-interval", "500", "election-timeout", "5000"));
            spec.put("controllerManager", patientElection());
            spec.put("scheduler", patientElection());
        } else {
            // With nobody to elect against, a lease lost under load only restarts what runs.
            spec.put("controllerManager", withoutElection());
            spec.put("scheduler", withoutElection());
        }
        return spec;
    }

    private static Map<String, Object> withoutElection() {
        return Yaml.map("extraArgs", Yaml.map("leader-elect", "false"));
    }

    /** A leader that lost its lease ends; under load the usual 10 s to renew it are soon over. */
    private static Map<String, Object> patientElection() {
        return Yaml.map(
                "extraArgs",
                Yaml.map(
                        "leader-elect-lease-duration", "45s",
                        "leader-elect-renew-deadline", "30s",
                        "leader-elect-retry-period", "5s"));
    }
}
