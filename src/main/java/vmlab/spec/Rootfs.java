package vmlab.spec;

import java.util.Locale;

/** Where a node's root file system lies while it runs: {@code rootfs: ram | shared}. */
public enum Rootfs {
    /** Pulled over HTTP into the node's memory and checked there, as a server without disks does it. */
    RAM,
    /** The host's own file, as a read-only disk that all nodes share: no memory and no transfer, but no pull either. */
    SHARED;

    /** What the disk with a shared root is called, so that the initrd finds it among the others. */
    public static final String DISK = "lab-root";

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
