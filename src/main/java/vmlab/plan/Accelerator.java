package vmlab.plan;

/** What executes the guests' instructions. */
public enum Accelerator {
    /** The processor itself, through Linux's KVM. */
    KVM,
    /** QEMU's translator: works everywhere, ten to twenty times slower. */
    TCG,
    /** Nothing: libvirt's own test driver only pretends. */
    PRETENDED
}
