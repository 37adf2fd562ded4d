package vmlab.run;

/** What one look at something awaited says. */
public sealed interface Reading<T> {

    /** It is there. */
    record Ready<T>(T value) implements Reading<T> {}

    /** Not yet, and what it is waiting for: shown to the user meanwhile. */
    record NotYet<T>(String why) implements Reading<T> {}

    /** It will not come any more, however long one waits: what was seen, and what to do about it. */
    record Never<T>(String why, String next) implements Reading<T> {}
}
