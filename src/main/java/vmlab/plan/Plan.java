package vmlab.plan;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vmlab.spec.BootMode;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Role;

/**
 * A lab as it will be: cluster.yaml with everything decided that it leaves open.
 *
 * @param network the one that nodes boot from and reach each other on
 * @param further those that cluster.yaml names under {@code networks}
 */
public record Plan(Cluster cluster, NetworkPlan network, List<NetworkPlan> further, List<NodePlan> nodes) {

    /** Where boot servers listen, on an address that is the lab's alone, unless another program listens there on all addresses. */
    public static final int BOOT_PORT = 8069;

    /** Where API servers listen. */
    public static final int API_PORT = 6443;

    /** Where a k0s controller lets further controllers join. */
    public static final int CONTROL_API_PORT = 9443;

    /** Decides names and addresses for {@code cluster} on the network {@code cidr}, and {@code more} for its further networks. */
    public static Plan of(Cluster cluster, Cidr cidr, Cidr... more) {
        return of(cluster, Stream.concat(Stream.of(cidr), Stream.of(more)).toList());
    }

    /** The same; {@code cidrs} are the first network's and then those of the further ones, in their order. */
    public static Plan of(Cluster cluster, List<Cidr> cidrs) {
        NetworkPlan network = NetworkPlan.of(cluster.name(), cluster.network(), cidrs.getFirst());
        List<NetworkPlan> further = new ArrayList<>();
        for (var each : cluster.networks()) {
            further.add(NetworkPlan.of(cluster.name(), each, cidrs.get(1 + further.size())));
        }
        return new Plan(
                cluster, network, List.copyOf(further), new Addresses(cluster, Inventory.EMPTY).of(network, further));
    }

    /** The same with the boot server at another port. */
    public Plan servedAt(int port) {
        return new Plan(cluster, network.servedAt(port), further, nodes);
    }

    /** Every network, the first one first. */
    public List<NetworkPlan> networks() {
        return Stream.concat(Stream.of(network), further.stream()).toList();
    }

    /** The plan for a lab that exists: its nodes keep their addresses. */
    public Plan keeping(Inventory found) {
        return new Plan(cluster, network, further, new Addresses(cluster, found).of(network, further));
    }

    /** The node of this name, which must be one of the plan's. */
    public NodePlan node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The lab's name. */
    public String lab() {
        return cluster.name();
    }

    /** The controller that the cluster begins with: the first one written. */
    public NodePlan controller() {
        return nodes.stream()
                .filter(node -> node.spec().role().isController())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the reader refuses a cluster without a controller"));
    }

    /** All controllers, in the order of cluster.yaml. */
    public List<NodePlan> controllers() {
        return nodes.stream().filter(node -> node.spec().role().isController()).toList();
    }

    /** Whether the API outlives a controller. */
    public boolean hasSeveralControllers() {
        return controllers().size() > 1;
    }

    /**
     * The address at which everyone reaches the API: the controller's own, or with several the lab's gateway, where the boot server's
     * process passes each connection on to a controller that lives.
     */
    public Inet4Address api() {
        return hasSeveralControllers() ? network.gateway() : controller().address();
    }

    /** Whether any firmware may fetch over TFTP. */
    public boolean usesTftp() {
        return boots(BootMode.TFTP) || boots(BootMode.UEFI_PXE);
    }

    /** Whether any node starts so. */
    public boolean boots(BootMode mode) {
        return nodes.stream().anyMatch(node -> node.spec().boot() == mode);
    }

    /** Whether workers join. */
    public boolean hasWorkers() {
        return nodes.stream().anyMatch(node -> node.spec().role() == Role.WORKER);
    }
}
