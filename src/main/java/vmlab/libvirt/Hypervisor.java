package vmlab.libvirt;

import static vmlab.libvirt.LibvirtErrors.act;
import static vmlab.libvirt.LibvirtErrors.call;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import vmlab.engine.Engine;
import vmlab.engine.Gateways;
import vmlab.engine.Road;
import vmlab.machine.KvmProbe;
import vmlab.plan.Accelerator;
import vmlab.plan.Inventory;
import vmlab.run.LabFailure;
import vmlab.spec.Accel;

/** A connection to libvirt: its versions, its {@link LibvirtNetworks}, its {@link Domains}. */
public final class Hypervisor implements Engine {

    private static final long OLDEST_LIBVIRT = 9_007_000;
    private static final long OLDEST_QEMU = 8_002_000;

    private final String uri;
    private final Connect connect;
    private final Domains machines;
    private final LibvirtNetworks networks;

    private Hypervisor(String uri, Connect connect, boolean embedded) {
        this.uri = uri;
        this.connect = connect;
        this.machines = new Domains(uri, connect);
        this.networks = new LibvirtNetworks(uri, connect, embedded);
    }

    /**
     * Connects to {@code uri}, for example {@code qemu:///system}.
     *
     * @param embedded whether it runs in a host of our own
     */
    public static Hypervisor connect(String uri, boolean embedded) {
        return connect(uri, embedded, Patience.USUAL);
    }

    static Hypervisor connect(String uri, boolean embedded, Patience patience) {
        try {
            // libvirt prints errors on stderr unless told otherwise; ours are said once, in our words.
            Connect.setErrorCallback((data, error) -> {});
            URI where = new URI(uri);
            return new Hypervisor(uri, patience.await("connect to " + uri, () -> new Connect(where)), embedded);
        } catch (UnsatisfiedLinkError error) {
            throw LabFailure.machine(
                            "libvirt's library can't be loaded",
                            String.valueOf(error.getMessage()),
                            "where it is missing, scripts/setup installs it; where the folder named is mounted noexec,"
                                    + " name another one: LAB_JAVA_OPTIONS=-Djna.tmpdir=FOLDER")
                    .causedBy(error);
        } catch (LibvirtException error) {
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

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public List<String> versions() {
        return call(
                "tell its version and the hypervisor's",
                () -> List.of(
                        "libvirt " + dotted(connect.getLibVersion()),
                        connect.getType() + " " + dotted(connect.getVersion())));
    }

    /**
     * Refuses a libvirt that forgets the metadata of networks, and a QEMU whose emulation of several processors panics guests (seen with
     * 7.2), or one that is not there.
     */
    @Override
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

    @Override
    public Domains machines() {
        return machines;
    }

    @Override
    public LibvirtNetworks networks() {
        return networks;
    }

    @Override
    public Accelerator accelerator(Accel wanted) throws InterruptedException {
        return KvmProbe.choose(wanted);
    }

    @Override
    public boolean keepsDisks() {
        return false;
    }

    @Override
    public Optional<Gateways> gateways() {
        return Optional.empty();
    }

    @Override
    public Road road(String lab) {
        return Road.DIRECT;
    }

    @Override
    public Inventory inventory() {
        return call("list what libvirt has", () -> InventoryReader.read(connect));
    }

    @Override
    public void close() {
        act("close the connection", connect::close);
    }

    private static String dotted(long version) {
        return String.format(Locale.ROOT, "%d.%d.%d", version / 1_000_000, version / 1000 % 1000, version % 1000);
    }
}
