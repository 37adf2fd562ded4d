package vmlab.plan;

import java.net.Inet4Address;
import java.util.UUID;
import vmlab.spec.Node;

/**
 * One node as it will be: what the user wrote of it, and what follows from its name.
 *
 * @param domain libvirt's name of the virtual machine
 * @param address its address, which DHCP always gives it
 */
public record NodePlan(Node spec, String domain, UUID uuid, String mac, Inet4Address address) {

    static NodePlan of(String lab, Node node, Inet4Address address) {
        return new NodePlan(
                node,
                Names.domain(lab, node.name()),
                Names.uuid("node", lab, node.name()),
                Names.mac(lab, node.name()),
                address);
    }

    /** The same node at another address. */
    NodePlan at(Inet4Address other) {
        return new NodePlan(spec, domain, uuid, mac, other);
    }

    /** The node's name, as in cluster.yaml. */
    public String name() {
        return spec.name();
    }
}
