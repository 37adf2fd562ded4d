package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.spec.Suggestion;

/** A package that a recipe asks for and no source has. */
record UnknownPackage(String name, Optional<String> nearest) {

    /** apt's, dnf's and apk's words for it. */
    private static final List<Pattern> WORDS = List.of(
            Pattern.compile("Unable to locate package ([^ ]+)"),
            Pattern.compile("Package '([^ ']+)' has no installation candidate"),
            Pattern.compile("Unable to find a match: ([^ ]+)"),
            Pattern.compile("^\\s+([^ ]+) \\(no such package\\)"));

    /** Looks for one in what a build said; {@code names} has all names that there are, if the build got so far. */
    static Optional<UnknownPackage> in(List<String> lines, Path names) {
        for (String line : lines) {
            for (Pattern words : WORDS) {
                Matcher said = words.matcher(line);
                if (said.find()) {
                    return Optional.of(new UnknownPackage(said.group(1), nearest(said.group(1), names)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> nearest(String name, Path names) {
        try {
            return Suggestion.nearest(Files.readAllLines(names), name);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** What to do about it. */
    String next() {
        return nearest.map(near -> "did you mean '" + near + "'? ").orElse("")
                + "correct the recipe's packages, its suite or its sources";
    }
}
