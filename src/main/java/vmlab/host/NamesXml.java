package vmlab.host;

import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/**
 * The nodes' names in the lab's DNS domain. dnsmasq knows a DHCP host's name only while it has a lease, and a node that keeps a fixed
 * address renews none; these are known from the first moment on.
 */
final class NamesXml {

    private NamesXml() {}

    /** Adds {@code <dns>}: {@code cp.demo.lab} in both families, {@code cp.storage.demo.lab} on a further network. */
    static void add(Xml network, Plan plan) {
        Xml dns = network.child("dns");
        String domain = plan.network().domain();
        for (NodePlan node : plan.nodes()) {
            String name = node.name() + "." + domain;
            host(dns, node.address().getHostAddress(), name, node.name());
            node.address6().ifPresent(address -> host(dns, address, name, node.name()));
            for (Nic nic : node.nics()) {
                host(
                        dns,
                        nic.address().getHostAddress(),
                        node.name() + "." + nic.network().domain());
            }
        }
    }

    private static void host(Xml dns, String address, String... names) {
        Xml host = dns.child("host").set("ip", address);
        for (String name : names) {
            host.leaf("hostname", name);
        }
    }
}
