package vmlab.run;

import java.util.Optional;
import java.util.function.Predicate;

/** Phases in a row, each fed with what the one before returned; the compiler checks that they fit. */
@FunctionalInterface
public interface Pipeline<I, O> {

    /** Runs all phases in order, stopping at the first failure. */
    O run(I input, Run run) throws InterruptedException;

    /** A pipeline of one phase. */
    static <I, O> Pipeline<I, O> of(Phase<I, O> phase) {
        return (input, run) -> run.perform(phase, input);
    }

    /** This pipeline, then {@code next} where what came out so far {@code needs} it. */
    default Pipeline<I, O> thenWhere(Predicate<O> needs, Phase<O, O> next) {
        return (input, run) -> {
            O output = run(input, run);
            return needs.test(output) ? run.perform(next, output) : output;
        };
    }

    /** This pipeline, then {@code quick} where what came out {@code allows} it, and {@code slow} where that brings nothing. */
    default <P> Pipeline<I, P> thenEither(Predicate<O> allows, Phase<O, Optional<P>> quick, Pipeline<O, P> slow) {
        return (input, run) -> {
            O output = run(input, run);
            Optional<P> result = allows.test(output) ? run.perform(quick, output) : Optional.empty();
            return result.isPresent() ? result.get() : slow.run(output, run);
        };
    }

    /** This pipeline, then {@code next}. */
    default <P> Pipeline<I, P> then(Phase<? super O, P> next) {
        return (input, run) -> run.perform(next, run(input, run));
    }
}
