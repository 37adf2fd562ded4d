package vmlab.boot;

/** The kernel command line that boots an image of ours, whichever way the kernel gets into memory. */
public final class KernelLine {

    private KernelLine() {}

    /**
     * The line for a node that boots {@code image}. {@code rd.live.*} are dracut's dmsquash-live: the squashfs fetched by livenet, under a
     * writable overlay in memory. {@code initrd=initrd} is for UEFI, where the kernel finds its initrd by that name. The rest spares an
     * emulated processor work that a lab has no use for: mitigations, zeroing of pages, hundreds of lines through a serial port.
     */
    public static String of(ImageUrl image) {
        return String.join(
                " ",
                "initrd=initrd",
                "console=ttyS0",
                "root=live:" + image.root(),
                "rd.live.overlay.overlayfs=1",
                "rd.live.overlay.readonly=1",
                "rd.neednet=1",
                "ip=dhcp",
                "net.ifnames=0",
                "biosdevname=0",
                "mitigations=off",
                "init_on_alloc=0",
                "quiet",
                "panic=10",
                "lab.url=" + image.server());
    }
}
