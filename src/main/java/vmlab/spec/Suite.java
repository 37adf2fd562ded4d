package vmlab.spec;

import java.util.Locale;

/** A suite of tests: {@code tests: [smoke]} in cluster.yaml, {@code lab test --suite} on the command line. */
public enum Suite {
    /** Whether the cluster does what clusters are for. */
    SMOKE;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
