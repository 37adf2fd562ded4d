package vmlab.libvirt;

import static vmlab.libvirt.LibvirtErrors.act;
import static vmlab.libvirt.LibvirtErrors.call;

import java.net.URI;
import java.net.URISyntaxException;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.run.LabFailure;

/** A connection to libvirt: its versions, its networks, its {@link Domains}. Every error of libvirt's becomes a {@link LabFailure}. */
public final class Hypervisor implements AutoCloseable {

    private static final long OLDEST_LIBVIRT = 9_007_000;
    private static final long OLDEST_QEMU = 8_002_000;

    private final String uri;
    private final Connect connect;
    private final Domains domains;

    private Hypervisor(String uri, Connect connect) {
        this.uri = uri;
        this.connect = connect;
        this.domains = new Domains(connect);
    }

    /** Connects to {@code uri}, for example {@code qemu:///system}. */
    public static Hypervisor connect(String uri) {
        try {
            // libvirt prints errors on stderr unless told otherwise; ours are said once, in our words.
            Connect.setErrorCallback((data, error) -> {});
            return new Hypervisor(uri, new Connect(new URI(uri)));
        } catch (LibvirtException | UnsatisfiedLinkError error) {
            throw LabFailure.machine(
                            "no libvirt answers at " + uri,
                            String.valueOf(error.getMessage()),
                            "start libvirtd, name another one with --connect URI, or use --connect embedded, which needs"
                                    + " none; scripts/setup installs what is missing")
                    .causedBy(error);
        } catch (URISyntaxException error) {
            throw LabFailure.input(
                    "--connect " + uri + " is no libvirt URI", error.getReason(), "write for example qemu:///system");
        }
    }

    /** The URI it is connected to. */
    public String uri() {
        return uri;
    }

    /** libvirt's version, like {@code 11.3.0}. */
    public String version() {
        return call("ask libvirt for its version", () -> dotted(connect.getLibVersion()));
    }

    /** The hypervisor's name and version, like {@code QEMU 10.0.2}. */
    public String hypervisorVersion() {
        return call("ask for the hypervisor's version", () -> connect.getType() + " " + dotted(connect.getVersion()));
    }

    /**
     * Refuses a libvirt that forgets the metadata of networks, and a QEMU whose emulation of several processors panics guests (seen with
     * 7.2), or one that is not there.
     */
    public void requireVersions(Accelerator accelerator) {
        try {
            if (!connect.getType().equals("QEMU")) {
                return;
            }
            require("libvirt", connect.getLibVersion(), OLDEST_LIBVIRT);
            if (accelerator == Accelerator.TCG) {
                require("QEMU", connect.getVersion(), OLDEST_QEMU);
            }
        } catch (LibvirtException error) {
            throw LabFailure.machine(
                            "libvirt at " + uri + " finds no QEMU it can use",
                            String.valueOf(error.getMessage()),
                            "install qemu-system-x86 (scripts/setup does)")
                    .causedBy(error);
        }
    }

    private static void require(String name, long found, long oldest) {
        if (found < oldest) {
            throw LabFailure.machine(
                    name + " is too old",
                    "it is " + dotted(found) + ", and labs need " + dotted(oldest),
                    "update it; scripts/setup takes it from backports on Debian bookworm");
        }
    }

    /** Its virtual machines. */
    public Domains domains() {
        return domains;
    }

    /** Everything of ours that is there now. */
    public Inventory inventory() {
        return call("list what libvirt has", () -> InventoryReader.read(connect));
    }

    /** Defines and starts a network. */
    public void createNetwork(String xml) {
        call("create the network", () -> {
            Network network = connect.networkDefineXML(xml);
            network.create();
            return network;
        });
    }

    /** Defines a network without starting it: its addresses are spoken for, and no bridge is there yet. */
    public void defineNetwork(String xml) {
        call("define the network", () -> connect.networkDefineXML(xml));
    }

    /** Starts a network that is defined and stopped. */
    public void startNetwork(String name) {
        act("start network " + name, () -> connect.networkLookupByName(name).create());
    }

    /** Stops and forgets a network; one that is gone already is fine. */
    public void removeNetwork(String name) {
        act("remove network " + name, () -> {
            Network network = connect.networkLookupByName(name);
            if (network.isActive() == 1) {
                network.destroy();
            }
            network.undefine();
        });
    }

    /** What libvirt knows of a network, as XML, for the evidence. */
    public String describeNetwork(String name) {
        return call("describe network " + name, () -> connect.networkLookupByName(name)
                .getXMLDesc(0));
    }

    @Override
    public void close() {
        act("close the connection", connect::close);
    }

    private static String dotted(long version) {
        return "%d.%d.%d".formatted(version / 1_000_000, version / 1000 % 1000, version % 1000);
    }
}
