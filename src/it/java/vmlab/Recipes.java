package vmlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recipes that differ a little from {@code images/debian-standin.yaml}, in a folder beside links to all that it needs. */
record Recipes(Path folder) {

    /** A folder of such recipes. */
    static Recipes in(Path folder) throws IOException {
        try (Stream<Path> images = Files.list(Path.of("images").toAbsolutePath())) {
            for (Path image : images.toList()) {
                Files.createSymbolicLink(folder.resolve(image.getFileName()), image);
            }
        }
        return new Recipes(folder);
    }

    /** One with a file more, or with another content of one that it has. */
    Path withFile(String name, String file, List<String> lines) throws IOException {
        Path path = folder.resolve(name).resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, lines);
        return write(name, "overlay: [debian, %s]".formatted(name));
    }

    /** One with a step more. */
    Path withStep(String name, String script) throws IOException {
        return write(name, "steps: [{name: %s, run: '%s'}]".formatted(name, script));
    }

    private Path write(String name, String line) throws IOException {
        return Files.write(
                folder.resolve(name + ".yaml"),
                List.of("apiVersion: lab-image/v1", "extends: debian-standin.yaml", "name: " + name, line));
    }
}
