package vmlab.spec;

import java.net.Inet4Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One virtual machine. An entry with {@code count} is several of these.
 *
 * <pre>{@code
 * - name: w               # count: 2 makes w1, w2
 *   count: 2
 *   role: worker          # single | controller | controller+worker | worker; single when it is the only node
 *   cpus: 2
 *   memory: 3GiB
 *   disk: 10GiB
 *   boot: pxe             # pxe | uefi-pxe | tftp | direct
 *   labels: {tier: fast}
 *   taints: [dedicated=batch:NoSchedule]
 *   kubeletArgs: [--max-pods=50]
 *   networks: [storage]   # which of the further networks it is on; all of them
 *   address: 10.77.0.50   # needs network.cidr; chosen by lab
 * }</pre>
 *
 * @param name unique in the cluster, {@code [a-z][a-z0-9-]{0,30}}; host name and Kubernetes node name
 * @param role what it does in the cluster
 * @param cpus virtual processors
 * @param memory at least 1GiB, with a control plane 1.5GiB
 * @param disk the size of the state disk, at least 2GiB; it grows as it is used
 * @param boot how it starts
 * @param labels Kubernetes labels, in the order of the file
 * @param taints {@code key[=value]:effect}
 * @param kubeletArgs flags for the kubelet, each with its dashes
 * @param networks the further networks that it is on, by name, in the order of the cluster's
 * @param address the one that the user chose on the first network
 */
public record Node(
        String name,
        Role role,
        int cpus,
        Bytes memory,
        Bytes disk,
        BootMode boot,
        Map<String, String> labels,
        List<String> taints,
        List<String> kubeletArgs,
        List<String> networks,
        Optional<Inet4Address> address) {

    /** What stands when the file says nothing. */
    public static final int DEFAULT_CPUS = 2;

    /** What stands when the file says nothing. */
    public static final Bytes DEFAULT_MEMORY = Bytes.gib(3);

    /** What stands when the file says nothing. */
    public static final Bytes DEFAULT_DISK = Bytes.gib(10);

    /** Copies its lists and maps. */
    public Node {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        taints = List.copyOf(taints);
        kubeletArgs = List.copyOf(kubeletArgs);
        networks = List.copyOf(networks);
    }

    /** The same node under another name: {@code count} makes them. */
    Node named(String other) {
        return new Node(other, role, cpus, memory, disk, boot, labels, taints, kubeletArgs, networks, address);
    }
}
