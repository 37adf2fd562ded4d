package vmlab.kube.smoke;

import java.util.Set;

/** One thing a cluster must do. */
interface SmokeCheck {

    /** Its name in every report: {@code pod-exec}. */
    String name();

    /** Names of checks without whose success this one says nothing. */
    Set<String> needs();

    /** Whether such a cluster gives it something to look at; one that has nothing to do is in no report. */
    default boolean appliesTo(Subject cluster) {
        return true;
    }

    /** Does it and returns what was seen. Anything thrown but an interruption is a failed check, its text the evidence. */
    String run(SmokeWorld world) throws InterruptedException;
}
