package vmlab.spec;

import java.util.Locale;

/** How the processors of the nodes are made: {@code accel: auto | kvm | tcg}. */
public enum Accel {
    /** KVM where it was tried and works, emulation otherwise. */
    AUTO,
    /** The processor's own virtualization; refused where it does not work. */
    KVM,
    /** Software emulation: slow, works anywhere. */
    TCG;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
