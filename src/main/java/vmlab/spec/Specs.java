package vmlab.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The door to this room: from a file to what it says. */
public final class Specs {

    private static final Pattern NAME =
            Pattern.compile("[\"']?name[\"']?[ \t]*:[ \t]*[\"']?([a-z][a-z0-9-]{0,30})[\"']?[ \t]*(#.*)?");

    private Specs() {}

    /**
     * Reads a cluster.yaml. Relative paths in it start at its own folder.
     *
     * @throws SpecException with everything that is wrong
     */
    public static Cluster readCluster(Path file) {
        var problems = new Problems();
        var cluster = YamlReader.read(file, problems)
                .flatMap(top -> ClusterReader.of(file).read(top, problems));
        return problems.orThrow(cluster);
    }

    /** Whether {@code text} may be the name of a lab or of a node: it becomes part of the names of files. */
    public static boolean isName(String text) {
        return Names.isName(text);
    }

    /** The name that a cluster.yaml gives its lab, also where the rest of the file can't be understood; empty where it gives none. */
    public static Optional<String> readName(Path file) {
        Optional<String> read = YamlReader.read(file, new Problems())
                .flatMap(top -> Optional.ofNullable(top.byKey().get("name")))
                .flatMap(entry -> Names.NAME.read(entry.value(), new Problems()));
        return read.or(() -> nameInText(file));
    }

    /** The line that gives it, in a file of which no more can be said. */
    private static Optional<String> nameInText(Path file) {
        try {
            return SourceText.lenient(file)
                    .lines()
                    .map(NAME::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Reads an image recipe with all that it extends. Relative paths start at the folder of the file they stand in.
     *
     * @throws SpecException with everything that is wrong
     */
    public static Recipe readRecipe(Path file) {
        var problems = new Problems();
        var recipe =
                Ancestry.of(file, problems).flatMap(top -> RecipeReader.of(file).read(top, problems));
        return problems.orThrow(recipe);
    }

    /** The JSON schema of cluster.yaml, for editors. */
    public static String clusterSchema() {
        try (var in = Specs.class.getResourceAsStream("cluster.schema.json")) {
            return new String(Objects.requireNonNull(in, "cluster.schema.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
