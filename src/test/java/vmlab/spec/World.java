package vmlab.spec;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with an image recipe in it, for clusters and recipes to be written into. */
record World(Path folder) {

    static final String HEAD = """
            apiVersion: lab/v1
            name: demo
            image: debian.yaml
            """;

    static World in(Path folder) {
        var world = new World(folder);
        world.write("debian.yaml", "");
        return world;
    }

    Path write(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    Cluster cluster(String yaml) {
        return Specs.readCluster(write("cluster.yaml", yaml));
    }

    /** What is said about a cluster.yaml, without the folder. */
    List<String> said(String yaml) {
        return said(() -> cluster(yaml));
    }

    /** What is said about a cluster with these nodes. */
    List<String> saidOfNodes(String nodes) {
        return said(HEAD + "nodes:\n" + nodes.indent(2));
    }

    /** What is said about a recipe that is there. */
    List<String> saidOfRecipe(String name) {
        return said(() -> Specs.readRecipe(folder.resolve(name)));
    }

    private List<String> said(Runnable reading) {
        var exception = catchThrowableOfType(SpecException.class, reading::run);
        return exception == null
                ? List.of()
                : exception.problems().stream()
                        .map(problem -> problem.render().replace(folder + "/", ""))
                        .toList();
    }
}
