package vmlab.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Domain.UndefineFlags;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.Network;
import org.libvirt.Stream;
import vmlab.plan.Inventory;
import vmlab.plan.Made;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;

/** A connection to libvirt. It defines, starts and removes things of ours by name; every error of libvirt's becomes a {@link LabFailure}. */
public final class Hypervisor implements AutoCloseable {

    private static final long OLDEST_LIBVIRT = 9_007_000;
    private static final long OLDEST_QEMU = 8_002_000;

    private final String uri;
    private final Connect connect;

    private Hypervisor(String uri, Connect connect) {
        this.uri = uri;
        this.connect = connect;
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

    /** Defines a virtual machine without starting it. */
    public void defineDomain(String xml) {
        call("define the virtual machine", () -> connect.domainDefineXML(xml));
    }

    /** Switches a virtual machine on. */
    public void startDomain(String name) {
        call("start " + name, () -> connect.domainLookupByName(name).create());
    }

    /** Presses the power button of a virtual machine and switches it on again once it has ended. */
    public void rebootDomain(String name) {
        whileItRuns("reboot " + name, name, domain -> domain.reboot(0));
    }

    private interface DomainAct {
        void on(Domain domain) throws LibvirtException;
    }

    private void whileItRuns(String doing, String name, DomainAct act) {
        call(doing, () -> {
            Domain domain = connect.domainLookupByName(name);
            if (domain.isActive() == 1) {
                act.on(domain);
            }
            return domain;
        });
    }

    /** Takes the power from a virtual machine and forgets it, with its saved state and firmware variables. */
    public void removeDomain(String name) {
        act("remove " + name, () -> {
            Domain domain = connect.domainLookupByName(name);
            if (domain.isActive() == 1) {
                domain.destroy();
            }
            // UEFI variables are a file of libvirt's own; only drivers that know of them take the flag.
            int nvram = domain.getXMLDesc(0).contains("<nvram") ? UNDEFINE_NVRAM : 0;
            domain.undefine(UndefineFlags.MANAGED_SAVE | UndefineFlags.SNAPSHOTS_METADATA | nvram);
        });
    }

    /** Notes on a virtual machine, which may run, what it is made from now. */
    public void mark(String name, Mark mark, Made made) {
        act("mark " + name, () -> {
            Domain domain = connect.domainLookupByName(name);
            int where = CONFIG | (domain.isActive() == 1 ? LIVE : 0);
            domain.setMetadata(METADATA_ELEMENT, MarkXml.element(mark, made), "lab", MarkXml.NAMESPACE, where);
        });
    }

    /** Presses the power button; whether anybody heeds it shows later. One that is off or gone already is fine. */
    public void pressPowerButton(String name) {
        act("shut down " + name, () -> {
            Domain domain = connect.domainLookupByName(name);
            if (domain.isActive() == 1) {
                domain.shutdown();
            }
        });
    }

    /** Takes the power from a virtual machine, which stays defined. */
    public void cutPower(String name) {
        act("switch off " + name, () -> {
            Domain domain = connect.domainLookupByName(name);
            if (domain.isActive() == 1) {
                domain.destroy();
            }
        });
    }

    /** What libvirt knows of a virtual machine, as XML, for the evidence. */
    public String describeDomain(String name) {
        return call("describe " + name, () -> connect.domainLookupByName(name).getXMLDesc(0));
    }

    /** What libvirt knows of a network, as XML, for the evidence. */
    public String describeNetwork(String name) {
        return call("describe network " + name, () -> connect.networkLookupByName(name)
                .getXMLDesc(0));
    }

    /** A virtual machine's state in libvirt's words: {@code running}, {@code paused}, {@code shutoff}; {@code gone} where there is none. */
    public String state(String name) {
        try {
            return connect.domainLookupByName(name)
                    .getInfo()
                    .state
                    .name()
                    .replace("VIR_DOMAIN_", "")
                    .toLowerCase(java.util.Locale.ROOT);
        } catch (LibvirtException error) {
            if (isGone(error)) {
                return "gone";
            }
            throw failure("look at " + name, error);
        }
    }

    /** What a machine's display shows; empty for one that is off or has none, as machines with a serial console only. */
    public Optional<Picture> screenshot(String name) {
        try (Stream stream = connect.streamNew(0)) {
            String kind = connect.domainLookupByName(name).screenshot(stream, 0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(64 * 1024);
            while (stream.read(part) > 0) {
                bytes.write(part.array(), 0, part.position());
                part.clear();
            }
            return Optional.of(new Picture(kind.contains("png") ? "png" : "ppm", bytes.toByteArray()));
        } catch (LibvirtException | IOException none) {
            return Optional.empty();
        }
    }

    /** Whether a virtual machine runs; one that is gone does not. */
    public boolean isRunning(String name) {
        try {
            return connect.domainLookupByName(name).isActive() == 1;
        } catch (LibvirtException error) {
            if (isGone(error)) {
                return false;
            }
            throw failure("look at " + name, error);
        }
    }

    @Override
    public void close() {
        act("close the connection", connect::close);
    }

    /** VIR_DOMAIN_UNDEFINE_NVRAM, which libvirt-java 0.5.4 does not name. */
    private static final int UNDEFINE_NVRAM = 1 << 2;

    /** VIR_DOMAIN_METADATA_ELEMENT, VIR_DOMAIN_AFFECT_LIVE and _CONFIG. */
    private static final int METADATA_ELEMENT = 2;

    private static final int LIVE = 1;
    private static final int CONFIG = 2;

    private interface Call<T> {
        T run() throws LibvirtException;
    }

    private interface Act {
        void run() throws LibvirtException;
    }

    private static <T> T call(String doing, Call<T> call) {
        try {
            return call.run();
        } catch (LibvirtException error) {
            throw failure(doing, error);
        }
    }

    /** Like {@link #call}, for what is done once the thing is gone. */
    private static void act(String doing, Act act) {
        try {
            act.run();
        } catch (LibvirtException error) {
            if (!isGone(error)) {
                throw failure(doing, error);
            }
        }
    }

    private static boolean isGone(LibvirtException error) {
        return error.getError() != null
                && (error.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN
                        || error.getError().getCode() == ErrorNumber.VIR_ERR_NO_NETWORK);
    }

    private static LabFailure failure(String doing, LibvirtException error) {
        return LabFailure.lab(
                        "libvirt could not " + doing,
                        String.valueOf(error.getMessage()),
                        "lab doctor looks at libvirt and QEMU; libvirt's own log says more")
                .causedBy(error);
    }

    private static String dotted(long version) {
        return "%d.%d.%d".formatted(version / 1_000_000, version / 1000 % 1000, version % 1000);
    }
}
