package vmlab.run;

/** Phases in a row, each fed with what the one before returned; the compiler checks that they fit. */
@FunctionalInterface
public interface Pipeline<I, O> {

    /** Runs all phases in order, stopping at the first failure. */
    O run(I input, Run run) throws InterruptedException;

    /** A pipeline of one phase. */
    static <I, O> Pipeline<I, O> of(Phase<I, O> phase) {
        return (input, run) -> run.perform(phase, input);
    }

    /** This pipeline, then {@code next}. */
    default <P> Pipeline<I, P> then(Phase<? super O, P> next) {
        return (input, run) -> run.perform(next, run(input, run));
    }
}
