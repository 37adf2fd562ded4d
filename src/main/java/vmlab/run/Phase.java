package vmlab.run;

/**
 * One step of a command: takes what the step before it made, returns what the next one needs. A phase can be run again at any time: it
 * looks at what is there and does the rest.
 *
 * @param <I> what it needs
 * @param <O> what it makes
 */
public interface Phase<I, O> {

    /** One word, as shown in front of each progress line. */
    String name();

    /** What it does, as a user would say it: "build the image". */
    String doing();

    /** Does it. An interruption ends it; anything else that goes wrong is a {@link LabFailure}. */
    O run(I input, Run run) throws InterruptedException;
}
