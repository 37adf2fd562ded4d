package vmlab.host;

import java.util.List;

/** A machine's processors and clocks as libvirt wants them described; under emulation without what costs more there than it gives. */
final class ProcessorXml {

    /**
     * Features that make an emulated processor slower and that no node needs: smap ends a translated block at each access of the kernel's
     * to a program's memory, la57 is one level more of page tables to walk wherever a translation is missing, pku is more to save at each
     * switch between programs. QEMU has a cache for what it translated, whose usual size of 1 GiB stays: the programs of a node fill 700 MiB
     * of it before they are Ready, and with 256 MiB it was thrown away seven times until then, which cost half as much again
     * (docs/figures.md).
     */
    private static final List<String> COSTLY = List.of("smap", "la57", "pku");

    private ProcessorXml() {}

    static void add(Xml root, int cpus, Accelerator accelerator) {
        root.leaf("vcpu", cpus);
        root.child("features").child("acpi");
        Xml cpu = root.child("cpu").set("mode", accelerator == Accelerator.KVM ? "host-passthrough" : "maximum");
        // One socket: processors that share a cache wake each other's programs without an interrupt.
        cpu.child("topology").set("sockets", 1).set("cores", cpus).set("threads", 1);
        if (accelerator == Accelerator.TCG) {
            COSTLY.forEach(
                    feature -> cpu.child("feature").set("policy", "disable").set("name", feature));
        }
        // No kernel should be tempted: each look at this clock is an access to a device, under KVM too.
        Xml clock = root.child("clock").set("offset", "utc");
        clock.child("timer").set("name", "hpet").set("present", "no");
    }
}
