package vmlab.libvirt;

import static vmlab.libvirt.NativeLibvirt.call;
import static vmlab.libvirt.NativeLibvirt.free;
import static vmlab.libvirt.NativeLibvirt.function;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.plan.Nic;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;

/**
 * The hosts that networks know by DHCP and DNS, changed while they run (virNetworkUpdate): libvirt-java lacks this call and hides the
 * pointers that it would take, so the connection is one of its own.
 */
final class NetworkHosts implements AutoCloseable {

    /** enum virNetworkUpdateCommand of libvirt-network.h. */
    private static final int DELETE = 2;

    private static final int ADD_LAST = 3;

    /** VIR_NETWORK_SECTION_IP_DHCP_HOST and _DNS_HOST. */
    private static final int DHCP = 4;

    private static final int DNS = 10;

    /** VIR_NETWORK_UPDATE_AFFECT_LIVE and _CONFIG: now, and when it is started again. */
    private static final int NOW_AND_LATER = 1 | 2;

    private final Pointer connection;

    /** Connects to the libvirt at {@code uri}. */
    NetworkHosts(String uri) {
        this.connection = ask("connect to " + uri, () -> {
            Pointer opened = call("virConnectOpen", uri);
            if (opened == null) {
                throw failure("no libvirt answers at " + uri);
            }
            return opened;
        });
    }

    /**
     * Lets the networks of {@code plan} give {@code node} its addresses, and call it by its name. What a try that was killed left of it goes
     * first, and the address of the first network, by which the node counts as known, comes last.
     */
    void add(Plan plan, NodePlan node) {
        plan.networks().forEach(network -> forget(network.name(), node.name()));
        for (Nic nic : node.nics()) {
            update(
                    nic.network().name(),
                    ADD_LAST,
                    DHCP,
                    NetworkXml.host(
                            Xml.root("host"),
                            nic.mac(),
                            node.name(),
                            nic.address().getHostAddress()));
        }
        String first = plan.network().name();
        NamesXml.of(plan, node).forEach(named -> update(first, ADD_LAST, DNS, named.fill(Xml.root("host"))));
        update(
                first,
                ADD_LAST,
                DHCP,
                NetworkXml.host(
                        Xml.root("host"),
                        node.mac(),
                        node.name(),
                        node.address().getHostAddress()));
    }

    /** Lets {@code network} forget {@code node}; what it does not know is fine. */
    void forget(String network, String node) {
        Document description = Xml.parse(describe(network));
        NodeList hosts = description.getElementsByTagName("host");
        for (int i = 0; i < hosts.getLength(); i++) {
            Element host = (Element) hosts.item(i);
            String ip = host.getAttribute("ip");
            if (host.getAttribute("name").equals(node)) {
                update(network, DELETE, DHCP, Xml.root("host").set("name", node).set("ip", ip));
            } else if (isCalled(host, node)) {
                update(network, DELETE, DNS, Xml.root("host").set("ip", ip));
            }
        }
    }

    private static boolean isCalled(Element host, String node) {
        NodeList names = host.getElementsByTagName("hostname");
        return names.getLength() > 0
                && names.item(0).getTextContent().split("\\.")[0].equals(node);
    }

    private String describe(String name) {
        return ask("describe network " + name, () -> description(name));
    }

    private String description(String name) {
        Pointer network = lookUp(name);
        try {
            Pointer text = call("virNetworkGetXMLDesc", network, 0);
            if (text == null) {
                throw failure(lastError());
            }
            String description = text.getString(0);
            Native.free(Pointer.nativeValue(text));
            return description;
        } finally {
            free("virNetworkFree", network);
        }
    }

    private void update(String name, int command, int section, Xml host) {
        ask("change network " + name, () -> {
            change(name, command, section, host);
            return host;
        });
    }

    private void change(String name, int command, int section, Xml host) {
        Pointer network = lookUp(name);
        try {
            int changed = function("virNetworkUpdate")
                    .invokeInt(new Object[] {network, command, section, -1, host.write(), NOW_AND_LATER});
            if (changed != 0) {
                throw failure(lastError());
            }
        } finally {
            free("virNetworkFree", network);
        }
    }

    private Pointer lookUp(String name) {
        Pointer network = call("virNetworkLookupByName", connection, name);
        if (network == null) {
            throw failure("there is no network " + name);
        }
        return network;
    }

    /** libvirt keeps a call's error for the thread that made the call, so both are in one question. */
    private static <T> T ask(String doing, LibvirtErrors.Call<T> question) {
        return LibvirtErrors.call(doing, question);
    }

    private static String lastError() {
        Pointer text = call("virGetLastErrorMessage");
        return text == null ? "libvirt gave no reason" : text.getString(0);
    }

    private static LabFailure failure(String why) {
        return LabFailure.lab(
                "libvirt could not change the network's list of hosts",
                why,
                "lab doctor looks at libvirt; lab down and lab up make the network anew");
    }

    @Override
    public void close() {
        free("virConnectClose", connection);
    }
}
