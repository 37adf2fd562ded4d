package vmlab.libvirt;

import java.net.Inet4Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.Mark;
import vmlab.plan.Plan;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;

/** Reads what libvirt has and keeps what carries our mark. */
final class InventoryReader {

    private InventoryReader() {}

    static Inventory read(Connect connect) throws LibvirtException {
        List<NetworkFound> networks = new ArrayList<>();
        for (String name : networkNames(connect)) {
            unlessGone(() -> network(connect.networkLookupByName(name))).ifPresent(networks::add);
        }
        List<DomainFound> domains = new ArrayList<>();
        for (Domain domain : connect.listAllDomains(0)) {
            unlessGone(() -> domain(domain)).ifPresent(domains::add);
        }
        return new Inventory(List.copyOf(networks), List.copyOf(domains));
    }

    /** What vanishes while it is looked at is passed over. Any other error ends the look: a lab must not seem to have lost something. */
    static <T> Optional<T> unlessGone(LibvirtErrors.Call<Optional<T>> look) throws LibvirtException {
        try {
            return look.run();
        } catch (LibvirtException error) {
            if (LibvirtErrors.isGone(error)) {
                return Optional.empty();
            }
            throw error;
        }
    }

    /** First those that are off: one that is started between the two questions is in both answers then, the other way round in none. */
    private static List<String> networkNames(Connect connect) throws LibvirtException {
        return Stream.concat(Stream.of(connect.listDefinedNetworks()), Stream.of(connect.listNetworks()))
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<NetworkFound> network(Network network) throws LibvirtException {
        Document description = Xml.parse(network.getXMLDesc(0));
        Optional<Mark> mark = MarkXml.read(description);
        Optional<Element> ip = ipv4(description);
        if (mark.isEmpty() || ip.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NetworkFound(
                network.getName(),
                mark.get(),
                network.isActive() == 1,
                cidr(ip.get()),
                addresses(ip.get()),
                bootPort(ip.get())));
    }

    /** The first IPv4 network as lab writes it; another, whatever its mark says, is none of lab's. */
    private static Optional<Element> ipv4(Document description) {
        NodeList all = description.getElementsByTagName("ip");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .filter(ip -> !ip.getAttribute("family").equals("ipv6"))
                .filter(ip -> !ip.getAttribute("prefix").isEmpty())
                .findFirst();
    }

    /** Libvirt has seen to it that these are an address and a prefix. */
    private static Cidr cidr(Element ip) {
        return Cidr.around(
                Inet4Address.ofLiteral(ip.getAttribute("address")), Integer.parseInt(ip.getAttribute("prefix")));
    }

    /** That of the URL which DHCP names to firmware. */
    private static int bootPort(Element ip) {
        NodeList bootp = ip.getElementsByTagName("bootp");
        String url = bootp.getLength() == 0 ? "" : ((Element) bootp.item(0)).getAttribute("file");
        int port = URI.create(url).getPort();
        return port < 0 ? Plan.BOOT_PORT : port;
    }

    /** The hosts of DHCP; those of DNS stand elsewhere. */
    private static Map<String, String> addresses(Element ip) {
        Map<String, String> addresses = new LinkedHashMap<>();
        NodeList hosts = ip.getElementsByTagName("host");
        for (int i = 0; i < hosts.getLength(); i++) {
            Element host = (Element) hosts.item(i);
            addresses.put(host.getAttribute("name"), host.getAttribute("ip"));
        }
        return addresses;
    }

    private static Optional<DomainFound> domain(Domain domain) throws LibvirtException {
        Document description = Xml.parse(domain.getXMLDesc(0));
        Optional<Mark> mark =
                MarkXml.read(description).filter(read -> !read.node().isEmpty());
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        var info = domain.getInfo();
        return Optional.of(new DomainFound(
                domain.getName(),
                mark.get(),
                MarkXml.made(description),
                domain.isActive() == 1,
                info.state.name().replace("VIR_DOMAIN_", "").toLowerCase(java.util.Locale.ROOT),
                new Bytes(info.maxMem * 1024),
                info.nrVirtCpu,
                DomainType.accelerator(description.getDocumentElement().getAttribute("type"))));
    }
}
