package vmlab.run;

import java.util.Locale;

/** What phases are called, in front of progress lines and in events. A suite that is run as a phase goes by its own name. */
public enum PhaseName {
    HOST,
    LOCK,
    IMAGE,
    IMAGES,
    PLAN,
    NETWORK,
    NODES,
    BOOT,
    POWER,
    SSH,
    PROVISION,
    KUBECONFIG,
    TOKENS,
    CHANGE,
    UNCORDON,
    READY,
    GOLDEN,
    SNAPSHOT,
    RESTORE,
    FORK,
    RESTART,
    UPGRADE,
    ROLLBACK,
    PAUSE,
    STOP,
    START,
    REBOOT,
    DIAGNOSE,
    EVIDENCE,
    DOWN;

    /** Whether an event's {@code phase} is this one. */
    public boolean is(String phase) {
        return toString().equals(phase);
    }

    /** As events have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
