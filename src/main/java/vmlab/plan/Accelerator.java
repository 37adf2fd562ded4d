package vmlab.plan;

/** What executes the guests' instructions. */
public enum Accelerator {
    /** The processor itself, through Linux's KVM. */
    KVM,
    /** QEMU's translator: works everywhere, ten to twenty times slower. */
    TCG,
    /** Nothing: libvirt's own test driver only pretends. */
    PRETENDED;

    /** The one behind libvirt's {@code <domain type='…'>}. */
    public static Accelerator ofDomainType(String type) {
        return switch (type) {
            case "kvm" -> KVM;
            case "test" -> PRETENDED;
            default -> TCG;
        };
    }

    /** libvirt's {@code <domain type='…'>} for it. */
    public String domainType() {
        return switch (this) {
            case KVM -> "kvm";
            case TCG -> "qemu";
            case PRETENDED -> "test";
        };
    }
}
