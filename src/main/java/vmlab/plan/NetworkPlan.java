package vmlab.plan;

import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import vmlab.spec.Cidr;
import vmlab.spec.FurtherNetwork;
import vmlab.spec.Network;

/**
 * A network of the lab: a bridge of its own with DHCP. The first one also has DNS and PXE.
 *
 * @param label its name in cluster.yaml; empty for the first one, which has none
 * @param name libvirt's name of it
 * @param bridge the bridge device
 * @param gateway the host's address on it; on the first network that is where the boot server listens
 * @param ula the IPv6 network beside it, with dual stack
 * @param domain the DNS domain in which the nodes' names resolve
 * @param bootPort the boot server's port, on the first network
 */
public record NetworkPlan(
        String label,
        String name,
        String bridge,
        Cidr cidr,
        Inet4Address gateway,
        Optional<Ula> ula,
        Network.Mode mode,
        String domain,
        int bootPort) {

    /** Nodes get the addresses from .11 on; the ones before are for the host. */
    static final int FIRST_NODE = 11;

    static NetworkPlan of(String lab, Network network, Cidr cidr) {
        return new NetworkPlan(
                "",
                Names.network(lab),
                Names.bridge(lab),
                cidr,
                cidr.host(1),
                network.dualStack() ? Optional.of(Ula.of(lab)) : Optional.empty(),
                network.mode(),
                lab + ".lab",
                Plan.BOOT_PORT);
    }

    static NetworkPlan of(String lab, FurtherNetwork network, Cidr cidr) {
        String name = Names.network(lab, network.name());
        return new NetworkPlan(
                network.name(),
                name,
                Names.bridge(name),
                cidr,
                cidr.host(1),
                Optional.empty(),
                network.mode(),
                network.name() + "." + lab + ".lab",
                Plan.BOOT_PORT);
    }

    /** The same with the boot server at another port. */
    NetworkPlan servedAt(int port) {
        return new NetworkPlan(label, name, bridge, cidr, gateway, ula, mode, domain, port);
    }

    /** The address of everything that the boot server has, without a slash at the end. */
    public String bootUrl() {
        return "http://" + gateway.getHostAddress() + ":" + bootPort;
    }

    /**
     * Its UUID in the lab with this id. It follows from the id, so that of two labs of one name that begin at once libvirt refuses the second
     * one's network, where one of the same UUID would replace the first one's.
     */
    public UUID uuid(String id) {
        return Names.uuid("network", id, name);
    }

    /** The fixed address of the node with this index, 0 for the first. */
    Inet4Address nodeAddress(int index) {
        return cidr.host(firstNode() + index);
    }

    private int firstNode() {
        return cidr.size() >= 32 ? FIRST_NODE : 2;
    }

    /** Changes whenever the network would be defined differently. */
    public String hash() {
        return HexFormat.of()
                .formatHex(
                        Names.sha256(cidr.toString(), ula.map(Ula::toString).orElse(""), mode.name(), domain, bridge),
                        0,
                        8);
    }

    /** As a person reads it: {@code 10.77.0.0/24 and fd12:3456:789a::/64}, {@code storage 10.78.0.0/24}. */
    @Override
    public String toString() {
        return (label + " " + cidr + ula.map(six -> " and " + six).orElse("")).strip();
    }
}
