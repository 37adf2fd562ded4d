package vmlab.libvirt;

import static vmlab.libvirt.LibvirtErrors.act;
import static vmlab.libvirt.LibvirtErrors.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.Domain.SnapshotCreateFlags;
import org.libvirt.Domain.UndefineFlags;
import org.libvirt.LibvirtException;
import vmlab.engine.Card;
import vmlab.engine.Console;
import vmlab.engine.MachineRequest;
import vmlab.engine.Machines;
import vmlab.machine.SparseCopy;
import vmlab.plan.AppliedSpec;
import vmlab.plan.LabFolder;
import vmlab.plan.Mark;
import vmlab.run.LabFailure;

/** The virtual machines of a libvirt, by name. */
public final class Domains implements Machines {

    /** VIR_DOMAIN_UNDEFINE_NVRAM, which libvirt-java 0.5.4 does not name. */
    private static final int UNDEFINE_NVRAM = 1 << 2;

    /** VIR_DOMAIN_METADATA_ELEMENT, VIR_DOMAIN_AFFECT_LIVE and _CONFIG. */
    private static final int METADATA_ELEMENT = 2;

    private static final int LIVE = 1;
    private static final int CONFIG = 2;

    /** VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP: a command as one types it, not JSON. */
    private static final int AS_TYPED = 1;

    private static final int AS_JSON = 0;

    /** The layer is there, and libvirt need not remember it as a snapshot of its own. */
    private static final int LAYER =
            SnapshotCreateFlags.DISK_ONLY | SnapshotCreateFlags.NO_METADATA | SnapshotCreateFlags.REUSE_EXT;

    private final String uri;
    private final Connect connect;

    Domains(String uri, Connect connect) {
        this.uri = uri;
        this.connect = connect;
    }

    @Override
    public void define(MachineRequest machine) {
        String name = machine.node().domain();
        Optional<String> before =
                call("look at " + name, () -> Optional.of(find(name).getXMLDesc(0)), Optional.empty());
        String description = owned(DomainXml.of(machine), machine);
        if (before.isPresent() && DomainXml.changesFirmware(before.get(), machine)) {
            replace(name, before.get(), description);
        } else {
            define(description);
        }
    }

    private String owned(String description, MachineRequest machine) {
        LabFolder folder = machine.folder();
        return call("tell as whom it runs QEMU", () -> OwnersQemu.label(connect.getCapabilities(), folder.path()))
                .map(label -> OwnersQemu.labelled(
                        description,
                        label,
                        folder.firmwareVariables(machine.node().name())))
                .orElse(description);
    }

    /** The firmware's variables are a file that only goes with the description. Where libvirt refuses the new one, the old one comes back. */
    private void replace(String name, String before, String description) {
        remove(name);
        try {
            define(description);
        } catch (LabFailure refused) {
            define(before);
            throw refused;
        }
    }

    void define(String xml) {
        call("define the virtual machine", () -> connect.domainDefineXML(xml));
    }

    @Override
    public String description(String name) {
        return call("describe " + name, () -> find(name).getXMLDesc(MemoryFile.INACTIVE));
    }

    @Override
    public void giveDisk(String name, Path disk) {
        define(DomainXml.withStateDisk(description(name), disk));
    }

    @Override
    public void defineCopy(String description, Mark mark, Path memory) {
        define(CopiedXml.machine(description, mark, memory));
    }

    @Override
    public void start(String name) {
        call("start " + name, () -> {
            Domain domain = find(name);
            MemoryFile.of(domain, MemoryFile.INACTIVE).ifPresent(MemoryFile::prepare);
            OwnersQemu.makeFiles(domain.getXMLDesc(MemoryFile.INACTIVE));
            return domain.create();
        });
    }

    @Override
    public void startFrom(String name, Path memory, Path state) throws InterruptedException {
        StateFile file = state(name, state);
        try {
            Optional<MappedRam> place = file.memory();
            // Its description stays what it is from its next start on.
            call("start " + name + " with its state", () -> {
                String own = find(name).getXMLDesc(MemoryFile.INACTIVE);
                // What it had itself would only take memory.
                MemoryFile.of(find(name), MemoryFile.INACTIVE).ifPresent(MemoryFile::prepare);
                return connect.domainCreateXML(MemoryFile.over(own, memory, place), Domain.CreateFlags.PAUSED);
            });
            file.load();
        } catch (IOException error) {
            throw new UncheckedIOException("the state of " + name + " can't be read", error);
        }
    }

    private StateFile state(String name, Path file) {
        return new StateFile(file, command -> monitor(name, command, AS_JSON));
    }

    @Override
    public void pause(String name) {
        act("pause " + name, () -> find(name).suspend());
    }

    @Override
    public void resume(String name) {
        act("let " + name + " go on", () -> find(name).resume());
    }

    @Override
    public void cover(String name, Path layer) {
        call("lay a layer on the disk of " + name, () -> find(name).snapshotCreateXML(DomainXml.layer(layer), LAYER));
    }

    /** What QEMU goes on writing would let the machine stand still again once it is written. */
    @Override
    public void wake(String name) throws InterruptedException {
        boolean isWritten =
                call("look at " + name, () -> MemoryFile.of(find(name), 0)).isPresent();
        if (isWritten) {
            state(name, Path.of("")).giveUp();
        }
        resume(name);
    }

    @Override
    public void save(String name, Path memory, Path state) throws InterruptedException {
        MemoryFile its = call("look at " + name, () -> MemoryFile.of(find(name), 0))
                .orElseThrow(() -> LabFailure.input(
                        "the memory of " + name + " can't be copied",
                        "it was no file when the machine was switched on",
                        "labs have their memory in files in the embedded host, where /dev/shm has room for it"));
        try {
            if (its.isOwn()) {
                state(name, state).save();
                SparseCopy.of(its.file(), memory);
            } else {
                state(name, state).saveWithMemory();
                Files.createLink(memory, state);
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the memory of " + name + " could not be written", error);
        }
    }

    @Override
    public void reboot(String name) {
        call("reboot " + name, () -> onceRunning(name, domain -> domain.reboot(0)));
    }

    @Override
    public void pressPowerButton(String name) {
        act("shut down " + name, () -> onceRunning(name, Domain::shutdown));
    }

    @Override
    public void cutPower(String name) {
        act("switch off " + name, () -> onceRunning(name, Domain::destroy));
    }

    /** Its saved state and firmware variables go too. */
    @Override
    public void remove(String name) {
        act("remove " + name, () -> {
            Domain domain = onceRunning(name, Domain::destroy);
            // UEFI variables are a file of libvirt's own; only drivers that know of them take the flag.
            int nvram = domain.getXMLDesc(0).contains("<nvram") ? UNDEFINE_NVRAM : 0;
            Optional<MemoryFile> memory = MemoryFile.of(domain, MemoryFile.INACTIVE);
            domain.undefine(UndefineFlags.MANAGED_SAVE | UndefineFlags.SNAPSHOTS_METADATA | nvram);
            memory.ifPresent(MemoryFile::remove);
        });
    }

    @Override
    public void mark(String name, Mark mark, AppliedSpec made) {
        act("mark " + name, () -> {
            Domain domain = find(name);
            int where = CONFIG | (domain.isActive() == 1 ? LIVE : 0);
            domain.setMetadata(METADATA_ELEMENT, MarkXml.element(mark, made), "lab", MarkXml.NAMESPACE, where);
        });
    }

    /** It runs at once, or is refused at once. */
    @Override
    public String trouble(String name) {
        return "";
    }

    @Override
    public String describe(String name) {
        return call("describe " + name, () -> find(name).getXMLDesc(0));
    }

    @Override
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

    @Override
    public boolean isRunning(String name) {
        return call("look at " + name, () -> find(name).isActive() == 1, false);
    }

    @Override
    public List<Card> cards(String name) {
        return CardsXml.of(describe(name));
    }

    @Override
    public void plug(String name, String mac, boolean plugged) {
        act("plug a card of " + name, () -> find(name)
                .updateDeviceFlags(CardsXml.plugged(describe(name), mac, plugged), LIVE));
    }

    @Override
    public byte[] screenshot(String name) {
        return call("take a screenshot of " + name, () -> Screenshot.of(find(name), connect.streamNew(0)));
    }

    @Override
    public Console console(String name) {
        return new Console.Program(List.of("virsh", "--connect", uri, "console", name, "--force"));
    }

    @Override
    public Optional<Path> log(String name) {
        return Optional.of(Path.of("/var/log/libvirt/qemu", name + ".log")).filter(Files::exists);
    }

    /**
     * What QEMU's monitor answers to a command as one types it, such as {@code info registers -a}. For looking only: libvirt does not learn
     * of what a command changes. Another driver than QEMU's has no monitor, which is a failure.
     */
    public String monitor(String name, String command) {
        return monitor(name, command, AS_TYPED);
    }

    private String monitor(String name, String command, int form) {
        return call("ask QEMU's monitor on " + name, () -> find(name).qemuMonitorCommand(command, form));
    }

    /** What a virtual machine has used of this machine's processors since it was switched on, by all of QEMU's threads. */
    public Duration processorTime(String name) {
        return call("look at " + name, () -> Duration.ofNanos(find(name).getInfo().cpuTime));
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
