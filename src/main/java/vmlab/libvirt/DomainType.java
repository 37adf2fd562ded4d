package vmlab.libvirt;

import vmlab.plan.Accelerator;

/** Libvirt's {@code <domain type='…'>}: its word for what executes a guest's instructions. */
final class DomainType {

    private DomainType() {}

    static String of(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> "kvm";
            case TCG -> "qemu";
            case PRETENDED -> "test";
        };
    }

    static Accelerator accelerator(String type) {
        return switch (type) {
            case "kvm" -> Accelerator.KVM;
            case "test" -> Accelerator.PRETENDED;
            default -> Accelerator.TCG;
        };
    }
}
