package vmlab.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The door to this room: from a file to what it says. */
public final class Specs {

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
