package vmlab.boot;

import java.util.ArrayList;
import java.util.List;
import vmlab.spec.Rootfs;

/** The kernel command line that boots an image of ours, whichever way the kernel gets into memory. */
public final class KernelLine {

    /**
     * What an emulated node's kernel does otherwise. It reads the time from the TSC, an instruction, where it would take the HPET, a device
     * behind QEMU's big lock: unasked it trusts no TSC, since the comparison between processors fails when QEMU's threads do not run at the
     * same moment. A guest that has no TSC passes this over and takes the next best clock. And its tick is periodic: a timer that is set
     * anew for each purpose is an access to the local APIC each time, an interrupt that comes by itself is none.
     *
     * <p>Under KVM none of this holds: kvm-clock is read without leaving the guest, and a tick that stops saves the host's processor.
     */
    private static final List<String> EMULATED = List.of("tsc=reliable", "clocksource=tsc", "nohz=off", "highres=off");

    private KernelLine() {}

    /**
     * The line for a node that boots {@code image}. {@code initrd=initrd} is for UEFI, where the kernel finds its initrd by that name. The
     * kernel writes to the display and to the serial port, which stands last and so is /dev/console. {@code rd.live.*} are dracut's
     * dmsquash-live: the squashfs fetched by livenet, under a writable overlay in memory. A node's addresses are the plan's: no router gives
     * it more. The rest spares the processor work that a lab has no use for: mitigations, zeroing of pages, hundreds of lines through a
     * serial port.
     *
     * @param rootSha256 what the squashfs must be; the initrd refuses any other that came over the wire
     * @param isEmulated whether QEMU executes the node's instructions itself; then {@link #EMULATED} is on the line
     */
    public static String of(ImageUrl image, String rootSha256, Rootfs rootfs, boolean isEmulated) {
        List<String> words = new ArrayList<>(List.of("initrd=initrd", "console=tty0", "console=ttyS0"));
        switch (rootfs) {
            case RAM ->
                words.addAll(List.of(
                        "root=live:" + image.root(),
                        "lab.root.sha256=" + rootSha256,
                        "rd.live.overlay.overlayfs=1",
                        "rd.live.overlay.readonly=1",
                        "rd.neednet=1"));
            // The file on the host is the one that up has checked; there is no wire.
            case SHARED -> words.add("root=disk:" + Rootfs.DISK);
        }
        words.addAll(List.of(
                "ip=dhcp",
                "ipv6.autoconf=0",
                "net.ifnames=0",
                "biosdevname=0",
                "mitigations=off",
                "init_on_alloc=0",
                "quiet",
                "panic=10"));
        if (isEmulated) {
            words.addAll(EMULATED);
        }
        words.add("lab.url=" + image.server());
        return String.join(" ", words);
    }
}
