package vmlab.suite.conformance;

import java.util.Locale;

/** Which specs of Kubernetes' conformance are run. */
public enum Mode {
    /** Those that need no image of a container: they ask the API and its controllers. */
    QUICK,
    /** All that are marked [Conformance], as the certification programme has them run. */
    CERTIFIED;

    /** As the command line has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
