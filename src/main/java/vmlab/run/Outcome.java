package vmlab.run;

/** The three ways in which a check ends. */
public enum Outcome {
    /** What it looks for holds. */
    PASSED,
    /** It does not. */
    FAILED,
    /** Not tried: one that it needs did not pass, or it was not asked for. Its evidence says which. */
    SKIPPED
}
