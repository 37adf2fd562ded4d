package vmlab.suite.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The specs that are wanted, of all that there are.
 *
 * @param mode empty: of all
 * @param focus those alone in whose name this is found
 * @param skip those not in whose name this is found
 * @param shard which part of these
 * @param images the folder of rebuilt test images, where those are to be used
 * @param earlier how a run goes on from the one before
 */
public record Selection(
        Optional<Mode> mode,
        Optional<Pattern> focus,
        Optional<Pattern> skip,
        Shard shard,
        Optional<Path> images,
        Earlier earlier) {

    /** What becomes of an earlier run. */
    public enum Earlier {
        /** It is over; this one begins anew. */
        NONE,
        /** It is taken up again: what it had yet to run is run. */
        RESUME,
        /** What failed in it is run again. */
        RERUN_FAILED
    }

    /** Whether it is all that the certification programme asks for, in one piece. */
    boolean isWholeRun() {
        return mode.filter(Mode.CERTIFIED::equals).isPresent()
                && focus.isEmpty()
                && skip.isEmpty()
                && shard.equals(Shard.WHOLE)
                && earlier == Earlier.NONE;
    }

    /** Those of {@code all} that a run which begins anew takes, in their order. */
    List<String> of(List<String> all, List<String> quick) {
        Predicate<String> wanted = name -> mode.filter(Mode.QUICK::equals).isEmpty() || quick.contains(name);
        return shard.of(all.stream()
                .filter(wanted)
                .filter(name -> focus.isEmpty() || focus.get().matcher(name).find())
                .filter(name -> skip.isEmpty() || !skip.get().matcher(name).find())
                .toList());
    }
}
