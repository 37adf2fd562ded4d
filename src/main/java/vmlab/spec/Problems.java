package vmlab.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects what is wrong while reading goes on, so that the user hears of everything at once. */
final class Problems {

    private static final Comparator<Problem> IN_READING_ORDER =
            Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::column);

    /** What was found is shown on a terminal: it must not steer it, nor show a password. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<Problem> found = new ArrayList<>();

    void add(Value at, String what, String valid) {
        add(at.place(), at.path(), what, valid);
    }

    void add(Place at, String path, String what, String valid) {
        found.add(new Problem(
                at.file(), at.line(), at.column(), printable(path), printable(what), Credentials.hiddenIn(valid)));
    }

    private static String printable(String text) {
        return LookAlikes.shown(Credentials.hiddenIn(CONTROL.matcher(text).replaceAll("?")));
    }

    /** The result when nothing was wrong. */
    <T> T orThrow(Optional<T> result) {
        if (!found.isEmpty()) {
            throw new SpecException(found.stream().sorted(IN_READING_ORDER).toList());
        }
        return result.orElseThrow();
    }
}
