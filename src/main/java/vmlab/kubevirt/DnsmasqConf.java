package vmlab.kubevirt;

import java.util.ArrayList;
import java.util.List;
import vmlab.engine.DhcpBoot;
import vmlab.engine.NetworkRequest;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.spec.BootMode;

/** dnsmasq's settings for a lab's first network, the same that libvirt gives its own (vmlab.libvirt.NetworkXml says why each is so). */
final class DnsmasqConf {

    /** The gateway's card on the lab's network. */
    static final String CARD = "net1";

    /** Where the gateway's boot server lays what firmware loads over TFTP (vmlab.boot.BootConfig). */
    private static final String TFTP = "/srv/tftp";

    private DnsmasqConf() {}

    /** What all nodes have in common. */
    static String of(NetworkRequest wanted) {
        Plan plan = wanted.plan();
        NetworkPlan network = wanted.network();
        List<String> lines = new ArrayList<>(List.of(
                "interface=" + CARD,
                "except-interface=lo",
                "bind-dynamic",
                "no-hosts",
                "domain=" + network.domain(),
                "local=/" + network.domain() + "/",
                "dhcp-authoritative",
                "dhcp-range=%s,%s,2m"
                        .formatted(
                                network.cidr().host(2).getHostAddress(),
                                network.cidr().host(-2).getHostAddress()),
                "dhcp-ignore=tag:!known",
                "dhcp-option=3," + network.gateway().getHostAddress(),
                "dhcp-option=encap:175,176,1b",
                "dhcp-boot=" + wanted.bootUrl()));
        if (plan.usesTftp()) {
            lines.addAll(List.of("enable-tftp=" + CARD, "tftp-root=" + TFTP));
        }
        lines.addAll(DhcpBoot.options(plan));
        return text(lines);
    }

    /** What a node is given and called, in both families and on further networks. */
    static String of(NodePlan node, NetworkPlan network) {
        String address = node.address().getHostAddress();
        String names = node.name() + "." + network.domain() + "," + node.name();
        List<String> lines = new ArrayList<>(List.of(
                "dhcp-host=%s,%s,%s,2m".formatted(node.mac(), address, node.name()),
                "host-record=" + names + "," + address
                        + node.address6().map(six -> "," + six).orElse("")));
        node.nics()
                .forEach(nic -> lines.add("host-record=%s.%s,%s"
                        .formatted(
                                node.name(),
                                nic.network().domain(),
                                nic.address().getHostAddress())));
        if (node.spec().boot() == BootMode.TFTP) {
            lines.add("dhcp-mac=set:tftp," + node.mac());
        }
        return text(lines);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
