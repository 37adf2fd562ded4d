package vmlab.libvirt;

import java.nio.file.Path;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import vmlab.engine.MachineRequest;
import vmlab.machine.LayeredDisk;
import vmlab.plan.Accelerator;
import vmlab.plan.Aspect;
import vmlab.plan.LabFolder;
import vmlab.plan.NetworkPlan;
import vmlab.plan.NodePlan;
import vmlab.spec.Disks;
import vmlab.spec.Rootfs;

/** A node's virtual machine as libvirt wants it described (formatdomain). */
final class DomainXml {

    /** What QEMU calls the disk that a node keeps things on. */
    private static final String STATE = "vda";

    private DomainXml() {}

    /** The description. */
    static String of(MachineRequest machine) {
        NodePlan node = machine.node();
        LabFolder folder = machine.folder();
        Xml root = Xml.root("domain").set("type", DomainType.of(machine.accelerator()));
        root.leaf("name", node.domain()).leaf("uuid", node.uuid());
        MarkXml.add(root, machine.mark(), machine.made());
        root.child("memory").set("unit", "bytes").text(node.spec().memory().value());
        os(root, node, machine.boot());
        processors(root, node.spec().cpus(), machine.accelerator());
        root.leaf("on_poweroff", "destroy").leaf("on_reboot", "restart").leaf("on_crash", "destroy");
        Xml devices = root.child("devices");
        disk(
                devices,
                new LayeredDisk(folder.stateDisk(node.name())).top(),
                STATE,
                cache(machine.plan().cluster().disks()));
        disk(devices, folder.configDisk(node.name()), "vdb", "writeback").child("readonly");
        machine.boot().sharedRoot().ifPresent(squashfs -> sharedRoot(devices, squashfs));
        nic(devices, machine.plan().network(), node.mac());
        // Without a ROM: the firmware tries the first card only.
        node.nics()
                .forEach(nic ->
                        nic(devices, nic.network(), nic.mac()).child("rom").set("enabled", "no"));
        Xml serial = devices.child("serial").set("type", "pty");
        serial.child("log").set("file", folder.serialLog(node.name())).set("append", "on");
        devices.child("console").set("type", "pty");
        display(devices);
        devices.child("rng")
                .set("model", "virtio")
                .child("backend")
                .set("model", "random")
                .text("/dev/urandom");
        devices.child("memballoon").set("model", "none");
        // Unasked, libvirt adds a controller, which firmware and kernel would look for devices on.
        devices.child("controller").set("type", "usb").set("model", "none");
        machine.memory()
                .ifPresent(file -> MemoryFile.add(root, file, node.spec().memory()));
        return root.write();
    }

    /** A description with another file as the state disk. */
    static String withStateDisk(String description, Path file) {
        Document domain = Xml.parse(description);
        NodeList disks = domain.getElementsByTagName("disk");
        for (int i = 0; i < disks.getLength(); i++) {
            Element disk = (Element) disks.item(i);
            if (only(disk, "target").getAttribute("dev").equals(STATE)) {
                only(disk, "source").setAttribute("file", file.toString());
                only(disk, "driver").setAttribute("type", LayeredDisk.isLayer(file) ? "qcow2" : "raw");
                // What lies below, the file itself says.
                NodeList below = disk.getElementsByTagName("backingStore");
                if (below.getLength() > 0) {
                    disk.removeChild(below.item(0));
                }
            }
        }
        return Xml.write(domain);
    }

    private static Element only(Element disk, String name) {
        return (Element) disk.getElementsByTagName(name).item(0);
    }

    /** What libvirt is told to let a machine write to another layer of its state disk (formatsnapshot). */
    static String layer(Path layer) {
        Xml root = Xml.root("domainsnapshot");
        Xml disk = root.child("disks").child("disk").set("name", STATE).set("snapshot", "external");
        disk.child("driver").set("type", "qcow2");
        disk.child("source").set("file", layer);
        return root.write();
    }

    /** Whether {@code description} is of the lab's own machine, with other firmware. What is another's is not replaced. */
    static boolean changesFirmware(String description, MachineRequest machine) {
        Document before = Xml.parse(description);
        boolean isOurs = MarkXml.read(before)
                .filter(mark -> mark.id().equals(machine.mark().id()))
                .isPresent();
        return isOurs
                && !MarkXml.made(before)
                        .of(Aspect.BOOT)
                        .equals(machine.node().spec().boot().toString());
    }

    /**
     * Each processor has a socket to itself: where they share one, and so a cache, the guest's kernel moves programs to whichever is idle,
     * and each move is an interrupt between them. In one socket there were three times as many, and an emulated node took a
     * quarter to a third more of the host's processors until it was Ready (docs/figures.md).
     */
    static void processors(Xml root, int cpus, Accelerator accelerator) {
        root.leaf("vcpu", cpus);
        root.child("features").child("acpi");
        Xml cpu = root.child("cpu").set("mode", accelerator == Accelerator.KVM ? "host-passthrough" : "maximum");
        cpu.child("topology").set("sockets", cpus).set("cores", 1).set("threads", 1);
        // No kernel is tempted by the HPET: each look at that clock is an access to a device, under KVM too.
        Xml clock = root.child("clock").set("offset", "utc");
        clock.child("timer").set("name", "hpet").set("present", "no");
    }

    private static void os(Xml root, NodePlan node, MachineRequest.Boot boot) {
        Xml os = root.child("os");
        os.child("type").set("arch", "x86_64").set("machine", "q35").text("hvm");
        switch (node.spec().boot()) {
            case PXE, TFTP -> {
                os.child("boot").set("dev", "network");
                os.child("bios").set("useserial", "yes").set("rebootTimeout", "0");
            }
            case UEFI_PXE -> {
                os.set("firmware", "efi");
                // Nothing here is signed with a key that firmware comes with.
                Xml firmware = os.child("firmware");
                firmware.child("feature").set("enabled", "no").set("name", "enrolled-keys");
                firmware.child("feature").set("enabled", "no").set("name", "secure-boot");
                os.child("boot").set("dev", "network");
            }
            case DIRECT ->
                os.leaf("kernel", boot.kernel()).leaf("initrd", boot.initrd()).leaf("cmdline", boot.kernelLine());
        }
    }

    /** The node names its cards in the order in which they stand here: eth0, eth1. */
    private static Xml nic(Xml devices, NetworkPlan network, String mac) {
        Xml nic = devices.child("interface").set("type", "network");
        nic.child("source").set("network", network.name());
        nic.child("mac").set("address", mac);
        nic.child("model").set("type", "virtio");
        return nic;
    }

    /**
     * What firmware and kernel draw on, so that a screenshot shows it; nobody is let in to look at it or to type. Two MiB hold text and
     * 800 × 600 dots, the least that UEFI draws on: a larger picture is more to move at each line.
     */
    private static void display(Xml devices) {
        Xml model = devices.child("video").child("model");
        model.set("type", "vga").set("vram", "2048").set("heads", "1");
    }

    /** The same file for all nodes: nobody writes to it, so the host keeps one copy in its cache for all. */
    private static void sharedRoot(Xml devices, Path squashfs) {
        Xml disk = disk(devices, squashfs, "vdc", "writeback");
        disk.child("readonly");
        disk.child("shareable");
        disk.leaf("serial", Rootfs.DISK);
    }

    /**
     * Both write into this machine's page cache. With {@code writeback} a node's flushes reach its disk; with {@code unsafe} QEMU answers
     * them and does nothing. {@code none} is as safe and no faster (docs/figures.md), and not every file system has it.
     */
    private static String cache(Disks disks) {
        return switch (disks) {
            case SAFE -> "writeback";
            case FAST -> "unsafe";
        };
    }

    private static Xml disk(Xml devices, Path file, String target, String cache) {
        Xml disk = devices.child("disk").set("type", "file").set("device", "disk");
        disk.child("driver")
                .set("name", "qemu")
                .set("type", LayeredDisk.isLayer(file) ? "qcow2" : "raw")
                .set("cache", cache)
                .set("discard", "unmap");
        disk.child("source").set("file", file);
        disk.child("target").set("dev", target).set("bus", "virtio");
        return disk;
    }
}
