package vmlab.plan;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vmlab.spec.Node;

/**
 * One node as it will be: what the user wrote of it, and what follows from its name.
 *
 * @param domain libvirt's name of the virtual machine
 * @param address its address on the first network, which DHCP always gives it
 * @param address6 its IPv6 address there, with dual stack
 * @param nics its cards on further networks
 */
public record NodePlan(
        Node spec,
        String domain,
        UUID uuid,
        String mac,
        Inet4Address address,
        Optional<String> address6,
        List<Nic> nics) {

    static NodePlan of(String lab, Node node, Inet4Address address, Optional<String> address6, List<Nic> nics) {
        return new NodePlan(
                node,
                Names.domain(lab, node.name()),
                Names.uuid("node", lab, node.name()),
                Names.mac(lab, node.name()),
                address,
                address6,
                nics);
    }

    /** The node's name, as in cluster.yaml. */
    public String name() {
        return spec.name();
    }
}
