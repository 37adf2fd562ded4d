package vmlab.host;

/** What executes the guests' instructions. */
public enum Accelerator {
    /** The processor itself, through Linux's KVM. */
    KVM,
    /** QEMU's translator: works everywhere, ten to twenty times slower. */
    TCG;

    /** The one behind libvirt's {@code <domain type='…'>}. */
    public static Accelerator ofDomainType(String type) {
        return type.equals("kvm") ? KVM : TCG;
    }

    /** libvirt's {@code <domain type='…'>} for it. */
    String domainType() {
        return this == KVM ? "kvm" : "qemu";
    }
}
