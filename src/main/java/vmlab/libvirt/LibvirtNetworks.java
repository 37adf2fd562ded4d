package vmlab.libvirt;

import static vmlab.libvirt.LibvirtErrors.act;
import static vmlab.libvirt.LibvirtErrors.call;

import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import vmlab.engine.NetworkRequest;
import vmlab.engine.Networks;
import vmlab.plan.Mark;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;

/** The networks of a libvirt, by name: each a bridge with a dnsmasq of its own. */
public final class LibvirtNetworks implements Networks {

    /** VIR_NETWORK_XML_INACTIVE: as it was defined. */
    private static final int INACTIVE = 1;

    private final String uri;
    private final Connect connect;
    private final boolean embedded;

    LibvirtNetworks(String uri, Connect connect, boolean embedded) {
        this.uri = uri;
        this.connect = connect;
        this.embedded = embedded;
    }

    @Override
    public void define(NetworkRequest network) {
        define(NetworkXml.of(network, embedded));
    }

    void define(String xml) {
        call("define the network", () -> connect.networkDefineXML(xml));
    }

    @Override
    public String description(String name) {
        return call("describe network " + name, () -> find(name).getXMLDesc(INACTIVE));
    }

    @Override
    public void defineCopy(String description, Mark mark) {
        define(CopiedXml.network(description, mark));
    }

    @Override
    public void start(String name) {
        act("start network " + name, () -> find(name).create());
    }

    @Override
    public void stop(String name) {
        act("stop network " + name, () -> onceStopped(name));
    }

    @Override
    public void remove(String name) {
        act("remove network " + name, () -> onceStopped(name).undefine());
    }

    @Override
    public String describe(String name) {
        return call("describe network " + name, () -> find(name).getXMLDesc(0));
    }

    @Override
    public void admit(Plan plan, NodePlan node) {
        try (NetworkHosts hosts = new NetworkHosts(uri)) {
            hosts.add(plan, node);
        }
    }

    @Override
    public void forget(String network, String node) {
        try (NetworkHosts hosts = new NetworkHosts(uri)) {
            hosts.forget(network, node);
        }
    }

    private Network onceStopped(String name) throws LibvirtException {
        Network network = find(name);
        if (network.isActive() == 1) {
            network.destroy();
        }
        return network;
    }

    private Network find(String name) throws LibvirtException {
        return connect.networkLookupByName(name);
    }
}
