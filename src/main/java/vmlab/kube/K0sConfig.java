package vmlab.kube;

import java.util.List;
import java.util.Map;

/**
 * The k0s.yaml of a controller: what a small lab on slow machines wants, with the user's own {@code k0s.config} laid over it.
 *
 * @param address the API server's address as nodes and host reach it; also etcd's
 * @param names further names and addresses in the API server's certificate
 * @param controllers how many the cluster has
 * @param user the user's {@code .spec}: maps are merged key by key, anything else replaces ours, null takes ours away
 */
public record K0sConfig(String address, List<String> names, int controllers, Map<String, Object> user) {

    /** The address, the node's and the loopback (for a port forwarded to the host) are always among the names. */
    public static K0sConfig of(String nodeName, String address, int controllers, Map<String, Object> user) {
        return new K0sConfig(address, List.of(address, "127.0.0.1", nodeName), controllers, user);
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
        Map<String, Object> spec = Yaml.map("api", Yaml.map("address", address, "sans", names));
        // etcd also on a single node, where k0s would take kine: one kind of store in every lab, stand-in included.
        spec.put("storage", Yaml.map("type", "etcd", "etcd", Yaml.map("peerAddress", address)));
        // The images lie in the node's own image; without this they are pulled all the same.
        spec.put("images", Yaml.map("default_pull_policy", "Never"));
        spec.put("telemetry", Yaml.map("enabled", false));
        if (controllers == 1) {
            // With nobody to elect against, a lease lost under load only restarts what runs.
            spec.put("controllerManager", withoutElection());
            spec.put("scheduler", withoutElection());
        }
        return spec;
    }

    private static Map<String, Object> withoutElection() {
        return Yaml.map("extraArgs", Yaml.map("leader-elect", "false"));
    }
}
