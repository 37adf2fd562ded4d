package vmlab.plan;

import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.UUID;
import vmlab.spec.Cidr;
import vmlab.spec.Network;

/**
 * The lab's network: a bridge of its own with DHCP, DNS and PXE.
 *
 * @param name libvirt's name of it
 * @param bridge the bridge device
 * @param gateway the host's address on it, where the boot server listens
 * @param domain the DNS domain in which the nodes' names resolve
 */
public record NetworkPlan(
        String name, UUID uuid, String bridge, Cidr cidr, Inet4Address gateway, Network.Mode mode, String domain) {

    /** Nodes get the addresses from .11 on; the ones before are for the host. */
    private static final int FIRST_NODE = 11;

    static NetworkPlan of(String lab, Network network, Cidr cidr) {
        return new NetworkPlan(
                Names.network(lab),
                Names.uuid("network", lab, ""),
                Names.bridge(lab),
                cidr,
                cidr.host(1),
                network.mode(),
                lab + ".lab");
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
        return HexFormat.of().formatHex(Names.sha256(cidr.toString(), mode.name(), domain, bridge), 0, 8);
    }
}
