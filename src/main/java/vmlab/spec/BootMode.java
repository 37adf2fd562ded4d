package vmlab.spec;

import java.util.Locale;

/** How a node starts: {@code boot: pxe | uefi-pxe | tftp | direct}. */
public enum BootMode {
    /** BIOS firmware and iPXE over the network. */
    PXE,
    /** UEFI firmware and iPXE over the network. */
    UEFI_PXE,
    /** BIOS firmware that speaks no HTTP: loader, kernel and initrd come over TFTP. */
    TFTP,
    /** Kernel and initrd handed to QEMU: no firmware on the road, the fastest. */
    DIRECT;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
