package vmlab.report;

/** How a run, or a phase of it, stands. */
public enum State {
    /** It goes on. */
    RUNNING,
    /** It came to a good end. */
    DONE,
    /** It failed. */
    FAILED,
    /** It stopped without a word: its process was killed, or interrupted. */
    CUT_OFF
}
