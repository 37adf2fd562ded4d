package vmlab.spec;

import java.util.Locale;

/** What a PersistentVolumeClaim that names no class gets: {@code storage: local | none}. */
public enum Storage {
    /** A folder on the state disk of the node that its pod runs on. */
    LOCAL,
    /** Nothing from lab: for clusters that bring a class of their own. */
    NONE;

    /** As the YAML has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
