package vmlab.diagnose;

/**
 * One way in which a node fails to come up.
 *
 * @param id its name in the table, {@code no-dhcp}
 * @param what it, in a user's words
 * @param cure what to do about it
 * @param isFinal whether no waiting heals it: a wait ends at once
 */
public record Cause(String id, String what, String cure, boolean isFinal, Detector detector) {

    /** One that no waiting heals. */
    static Cause certain(String id, String what, String cure, Detector detector) {
        return new Cause(id, what, cure, true, detector);
    }

    /** One that may go by itself; named only once a wait has failed. */
    static Cause passing(String id, String what, String cure, Detector detector) {
        return new Cause(id, what, cure, false, detector);
    }
}
