package vmlab.host;

import vmlab.plan.Mark;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.spec.Network;

/** A lab's network as libvirt wants it described (formatnetwork). */
public final class NetworkXml {

    private static final String DNSMASQ = "http://libvirt.org/schemas/network/dnsmasq/1.0";

    private NetworkXml() {}

    /**
     * The description.
     *
     * @param bootUrl what the firmware's PXE loads first
     * @param embedded whether libvirt runs in a host of our own, where dnsmasq finds no user of its own to change to
     */
    public static String of(Plan plan, Mark mark, String bootUrl, boolean embedded) {
        NetworkPlan network = plan.network();
        Xml root = Xml.root("network").set("xmlns:dnsmasq", DNSMASQ);
        root.leaf("name", network.name()).leaf("uuid", network.uuid());
        MarkXml.add(root, mark);
        if (network.mode() == Network.Mode.NAT && !embedded) {
            root.child("forward").set("mode", "nat");
        }
        root.child("bridge").set("name", network.bridge()).set("stp", "off").set("delay", "0");
        root.child("domain").set("name", network.domain()).set("localOnly", "yes");
        Xml ip = root.child("ip")
                .set("address", network.gateway().getHostAddress())
                .set("prefix", network.cidr().prefix());
        Xml dhcp = ip.child("dhcp");
        // Every address is fixed, so the range only tells dnsmasq to answer; nobody else gets one.
        dhcp.child("range")
                .set("start", plan.nodes().getFirst().address().getHostAddress())
                .set("end", plan.nodes().getLast().address().getHostAddress());
        for (NodePlan node : plan.nodes()) {
            dhcp.child("host")
                    .set("mac", node.mac())
                    .set("name", node.name())
                    .set("ip", node.address().getHostAddress());
        }
        dhcp.child("bootp").set("file", bootUrl);
        Xml options = root.child("dnsmasq:options");
        // A network without <forward> hands out no router, and a kubelet without a default route finds no address of
        // its own.
        options.child("dnsmasq:option")
                .set("value", "dhcp-option=3," + network.gateway().getHostAddress());
        if (embedded) {
            options.child("dnsmasq:option").set("value", "user=root");
        }
        return root.write();
    }
}
