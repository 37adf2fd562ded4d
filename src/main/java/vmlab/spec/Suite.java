package vmlab.spec;

import java.util.Locale;

/** A suite of tests: {@code tests: [smoke, immutable]} in cluster.yaml, {@code lab test --suite} on the command line. */
public enum Suite implements Tests {
    /** Whether the cluster does what clusters are for. */
    SMOKE,
    /** Whether a node's system keeps what it promises: what it may change, and what a reboot takes. Reboots each node. */
    IMMUTABLE,
    /** Whether it outlives a controller: the power is taken from one. */
    HA,
    /** Whether it notices a node that is cut off, and takes it back: a worker's cable is pulled, and a controller parted from the others. */
    PARTITION;

    /** How many controllers it takes for one to be lost. */
    public static final int HA_CONTROLLERS = 3;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
