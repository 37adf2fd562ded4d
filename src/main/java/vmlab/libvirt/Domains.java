package vmlab.libvirt;

import static vmlab.libvirt.LibvirtErrors.act;
import static vmlab.libvirt.LibvirtErrors.call;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Domain.UndefineFlags;
import org.libvirt.LibvirtException;
import org.libvirt.Stream;
import vmlab.plan.Made;
import vmlab.plan.Mark;

/** The virtual machines of a libvirt, by name. */
public final class Domains {

    /** VIR_DOMAIN_UNDEFINE_NVRAM, which libvirt-java 0.5.4 does not name. */
    private static final int UNDEFINE_NVRAM = 1 << 2;

    /** VIR_DOMAIN_METADATA_ELEMENT, VIR_DOMAIN_AFFECT_LIVE and _CONFIG. */
    private static final int METADATA_ELEMENT = 2;

    private static final int LIVE = 1;
    private static final int CONFIG = 2;

    private static final int FIRST_SCREEN = 0;

    /** VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP: a command as one types it, not JSON. */
    private static final int AS_TYPED = 1;

    private final Connect connect;

    Domains(Connect connect) {
        this.connect = connect;
    }

    /** Defines a virtual machine without starting it. */
    public void define(String xml) {
        call("define the virtual machine", () -> connect.domainDefineXML(xml));
    }

    /** Switches a virtual machine on. */
    public void start(String name) {
        call("start " + name, () -> find(name).create());
    }

    /** Lets a virtual machine that runs begin anew, as its power button and then its switch would. */
    public void reboot(String name) {
        call("reboot " + name, () -> onceRunning(name, domain -> domain.reboot(0)));
    }

    /** Presses the power button; whether anybody heeds it shows later. One that is off or gone already is fine. */
    public void pressPowerButton(String name) {
        act("shut down " + name, () -> onceRunning(name, Domain::shutdown));
    }

    /** Takes the power from a virtual machine, which stays defined. One that is off or gone already is fine. */
    public void cutPower(String name) {
        act("switch off " + name, () -> onceRunning(name, Domain::destroy));
    }

    /** Takes the power from a virtual machine and forgets it, with its saved state and firmware variables. */
    public void remove(String name) {
        act("remove " + name, () -> {
            Domain domain = onceRunning(name, Domain::destroy);
            // UEFI variables are a file of libvirt's own; only drivers that know of them take the flag.
            int nvram = domain.getXMLDesc(0).contains("<nvram") ? UNDEFINE_NVRAM : 0;
            domain.undefine(UndefineFlags.MANAGED_SAVE | UndefineFlags.SNAPSHOTS_METADATA | nvram);
        });
    }

    /** Notes on a virtual machine, which may run, what it is made from now. */
    public void mark(String name, Mark mark, Made made) {
        act("mark " + name, () -> {
            Domain domain = find(name);
            int where = CONFIG | (domain.isActive() == 1 ? LIVE : 0);
            domain.setMetadata(METADATA_ELEMENT, MarkXml.element(mark, made), "lab", MarkXml.NAMESPACE, where);
        });
    }

    /** What libvirt knows of a virtual machine, as XML. */
    public String describe(String name) {
        return call("describe " + name, () -> find(name).getXMLDesc(0));
    }

    /** A virtual machine's state in libvirt's words: {@code running}, {@code paused}, {@code shutoff}; {@code gone} where there is none. */
    public String state(String name) {
        return call(
                "look at " + name,
                () -> find(name)
                        .getInfo()
                        .state
                        .name()
                        .replace("VIR_DOMAIN_", "")
                        .toLowerCase(Locale.ROOT),
                "gone");
    }

    /** Whether a virtual machine runs; one that is gone does not. */
    public boolean isRunning(String name) {
        return call("look at " + name, () -> find(name).isActive() == 1, false);
    }

    /**
     * What a machine's display shows at this moment, as a PNG: libvirt has QEMU draw one since 9.0. A machine that is off shows nothing,
     * which is a failure.
     */
    public byte[] screenshot(String name) {
        return call("take a screenshot of " + name, () -> {
            Stream stream = connect.streamNew(0);
            try {
                find(name).screenshot(stream, FIRST_SCREEN);
                return rest(stream);
            } finally {
                stream.free();
            }
        });
    }

    /**
     * What QEMU's monitor answers to a command as one types it, such as {@code info registers -a}. For looking only: libvirt does not learn
     * of what a command changes. Another driver than QEMU's has no monitor, which is a failure.
     */
    public String monitor(String name, String command) {
        return call("ask QEMU's monitor on " + name, () -> find(name).qemuMonitorCommand(command, AS_TYPED));
    }

    /** What a virtual machine has used of this machine's processors since it was switched on, by all of QEMU's threads. */
    public Duration processorTime(String name) {
        return call("look at " + name, () -> Duration.ofNanos(find(name).getInfo().cpuTime));
    }

    private static byte[] rest(Stream stream) throws LibvirtException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[64 * 1024];
        int length = stream.receive(part);
        while (length > 0) {
            bytes.write(part, 0, length);
            length = stream.receive(part);
        }
        stream.finish();
        return bytes.toByteArray();
    }

    private interface DomainAct {
        void on(Domain domain) throws LibvirtException;
    }

    private Domain onceRunning(String name, DomainAct act) throws LibvirtException {
        Domain domain = find(name);
        if (domain.isActive() == 1) {
            act.on(domain);
        }
        return domain;
    }

    private Domain find(String name) throws LibvirtException {
        return connect.domainLookupByName(name);
    }
}
