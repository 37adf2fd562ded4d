package vmlab.libvirt;

import java.util.ArrayList;
import java.util.List;
import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/**
 * The nodes' names in the lab's DNS domain. dnsmasq knows a DHCP host's name only while it has a lease, and a node that keeps a fixed
 * address renews none; these are known from the first moment on.
 */
final class NamesXml {

    /** One address and what it is called. */
    record Named(String address, List<String> names) {

        /** Fills a {@code <host>} of {@code <dns>}. */
        Xml fill(Xml host) {
            host.set("ip", address);
            names.forEach(name -> host.leaf("hostname", name));
            return host;
        }
    }

    private NamesXml() {}

    /** Adds {@code <dns>}. */
    static void add(Xml network, Plan plan) {
        Xml dns = network.child("dns");
        for (NodePlan node : plan.nodes()) {
            of(plan, node).forEach(named -> named.fill(dns.child("host")));
        }
    }

    /** {@code cp.demo.lab} in both families, {@code cp.storage.demo.lab} on a further network. */
    static List<Named> of(Plan plan, NodePlan node) {
        String name = node.name() + "." + plan.network().domain();
        List<Named> all = new ArrayList<>();
        all.add(new Named(node.address().getHostAddress(), List.of(name, node.name())));
        node.address6().ifPresent(address -> all.add(new Named(address, List.of(name, node.name()))));
        for (Nic nic : node.nics()) {
            all.add(new Named(
                    nic.address().getHostAddress(),
                    List.of(node.name() + "." + nic.network().domain())));
        }
        return all;
    }
}
