package vmlab.libvirt;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.engine.DhcpBoot;
import vmlab.engine.NetworkRequest;
import vmlab.machine.Machine;
import vmlab.plan.NetworkPlan;
import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.plan.Ula;
import vmlab.spec.BootMode;
import vmlab.spec.Network;

/** A lab's networks as libvirt wants them described (formatnetwork). */
final class NetworkXml {

    /** A stranger on the bridge gets no address, though the range has some left. */
    private static final String ONLY_NODES = "dhcp-ignore=tag:!known";

    private static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    /** A network card as DHCP knows it. */
    private record Card(String node, String mac, Inet4Address address) {}

    private NetworkXml() {}

    /**
     * The description.
     *
     * @param embedded whether libvirt runs in a host of our own, where dnsmasq finds no user of its own to change to
     */
    static String of(NetworkRequest wanted, boolean embedded) {
        return wanted.isFirst() ? first(wanted, embedded) : further(wanted, embedded);
    }

    private static String first(NetworkRequest wanted, boolean embedded) {
        Plan plan = wanted.plan();
        NetworkPlan network = wanted.network();
        Xml root = begin(wanted, embedded);
        NamesXml.add(root, plan);
        List<Card> cards = plan.nodes().stream()
                .map(node -> new Card(node.name(), node.mac(), node.address()))
                .toList();
        Xml ip = ip(root, network);
        if (plan.usesTftp()) {
            ip.child("tftp").set("root", wanted.tftp());
        }
        dhcp(ip, network, cards).child("bootp").set("file", wanted.bootUrl());
        List<String> options = dnsmasq(plan);
        Optional<Ula> advertised = network.ula().or(() -> mayAdvertise(embedded, plan));
        advertised.ifPresent(ula -> root.child("ip")
                .set("family", "ipv6")
                .set("address", ula.host(1))
                .set("prefix", Ula.PREFIX));
        if (advertised.isPresent() && network.ula().isEmpty()) {
            options.add("ra-param=" + network.bridge() + ",0,0");
        }
        options(root, options, embedded);
        return root.write();
    }

    /**
     * iPXE asks for an IPv6 router too, and waits 12 seconds where none answers before it goes on with the IPv4 address that it has. So
     * one answers: dnsmasq, which says that it routes nothing. Only in a host of our own: for IPv6 on a network with NAT, libvirt would
     * change how a user's machine forwards. Nodes take no address from it ({@code ipv6.autoconf=0}).
     */
    private static Optional<Ula> mayAdvertise(boolean embedded, Plan plan) {
        return embedded && Machine.hasIpv6() ? Optional.of(Ula.of(plan.lab())) : Optional.empty();
    }

    /** It leads nowhere by default: the way out is the first network's. */
    private static String further(NetworkRequest wanted, boolean embedded) {
        NetworkPlan network = wanted.network();
        Xml root = begin(wanted, embedded);
        List<Card> cards = new ArrayList<>();
        for (NodePlan node : wanted.plan().nodes()) {
            for (Nic nic : node.nics()) {
                if (nic.network().equals(network)) {
                    cards.add(new Card(node.name(), nic.mac(), nic.address()));
                }
            }
        }
        dhcp(ip(root, network), network, cards);
        options(root, List.of("dhcp-option=3", ONLY_NODES), embedded);
        return root.write();
    }

    private static Xml begin(NetworkRequest wanted, boolean embedded) {
        NetworkPlan network = wanted.network();
        Xml root = Xml.root("network").set("xmlns:dnsmasq", DNSMASQ);
        root.leaf("name", network.name())
                .leaf("uuid", network.uuid(wanted.mark().id()));
        MarkXml.add(root, wanted.mark());
        if (network.mode() == Network.Mode.NAT) {
            Xml forward = root.child("forward").set("mode", "nat");
            // The embedded host's own way out is IPv4.
            if (network.ula().isPresent() && !embedded) {
                forward.child("nat").set("ipv6", "yes");
            }
        }
        root.child("bridge").set("name", network.bridge()).set("stp", "off").set("delay", "0");
        root.child("domain").set("name", network.domain()).set("localOnly", "yes");
        return root;
    }

    private static Xml ip(Xml root, NetworkPlan network) {
        return root.child("ip")
                .set("address", network.gateway().getHostAddress())
                .set("prefix", network.cidr().prefix());
    }

    /**
     * Every address is fixed. The range tells dnsmasq to answer, and libvirt gives it no more leases than the range has addresses: it is as
     * wide as the network, for nodes that are added while it runs.
     */
    private static Xml dhcp(Xml ip, NetworkPlan network, List<Card> cards) {
        Xml dhcp = ip.child("dhcp");
        dhcp.child("range")
                .set("start", network.cidr().host(2).getHostAddress())
                .set("end", network.cidr().host(-2).getHostAddress());
        for (Card card : cards) {
            host(dhcp.child("host"), card.mac(), card.node(), card.address().getHostAddress());
        }
        return dhcp;
    }

    /**
     * Fills a {@code <host>} of {@code <dhcp>}. Its lease is as short as dnsmasq has them: a node asks for its address when it boots and
     * keeps it from then on, and the address of one that is removed is soon free for another.
     */
    static Xml host(Xml host, String mac, String node, String address) {
        host.set("mac", mac).set("name", node).set("ip", address);
        host.child("lease").set("expiry", 2).set("unit", "minutes");
        return host;
    }

    /** libvirt knows one file to boot for a whole network; dnsmasq takes another for those that have a tag. */
    private static List<String> dnsmasq(Plan plan) {
        List<String> options = new ArrayList<>(List.of(ONLY_NODES));
        // A network without <forward> hands out no router, and a kubelet without a default route finds no address of
        // its own.
        options.add("dhcp-option=3," + plan.network().gateway().getHostAddress());
        // iPXE's own no-pxedhcp: else it waits for a PXE server that might answer besides.
        options.add("dhcp-option=encap:175,176,1b");
        plan.nodes().stream()
                .filter(node -> node.spec().boot() == BootMode.TFTP)
                .forEach(node -> options.add("dhcp-mac=set:tftp," + node.mac()));
        options.addAll(DhcpBoot.options(plan));
        return options;
    }

    private static void options(Xml root, List<String> values, boolean embedded) {
        Xml options = root.child("dnsmasq:options");
        values.forEach(value -> options.child("dnsmasq:option").set("value", value));
        if (embedded) {
            options.child("dnsmasq:option").set("value", "user=root");
        }
    }
}
