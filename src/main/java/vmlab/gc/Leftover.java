package vmlab.gc;

/**
 * Something that a run left, and nothing needs.
 *
 * @param what its path, or the lab that it was part of
 * @param bytes what its removal frees
 * @param state whether it went
 */
public record Leftover(Kind kind, String what, long bytes, State state) {

    /** What it is. */
    public enum Kind {
        /** Machines and networks of a lab whose folder is gone. */
        MACHINES,
        /** The folder of a lab whose machines are gone. */
        FOLDER,
        /** What machines of a lab that is gone had as their memory. */
        MEMORY,
        /** A lock whose holder was killed. */
        LOCK,
        /** Of a write, a build or a download that was cut off. */
        TEMPORARY,
        /** What tells of a failed {@code up}, and nobody asked for lately. */
        EVIDENCE,
        /** Runs of a lab that has been gone for long. */
        REPORT,
        /** An image that no lab boots, and of which there is a newer one. */
        IMAGE
    }

    /** What became of it. */
    public enum State {
        /** It would go, if this were no dry run. */
        FOUND,
        REMOVED
    }

    /** The same, gone. */
    Leftover removed() {
        return new Leftover(kind, what, bytes, State.REMOVED);
    }
}
