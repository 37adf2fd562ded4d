package vmlab.spec;

import java.util.Locale;

/**
 * What a node may rely on once it was told that something is on its state disk: {@code disks: safe | fast}. Called by what one gets,
 * not by the cache mode that does it: of QEMU's words for those, {@code writeback} is a safe one.
 */
public enum Disks {
    /** It is on this machine's disk, and outlives its power cut. */
    SAFE,
    /** It is in this machine's memory, and outlives the node's power cut only. For labs that nobody would miss. */
    FAST;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
