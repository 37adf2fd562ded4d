package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vmlab.spec.Recipe;

/** Roots as they are after their packages, one file a recipe: an edit of an overlay need not install the packages again. */
record PackedRoots(Path folder) {

    private static final String END = ".tar.zst";

    /** Where the root of a recipe is, or is to be put; another file when anything changes that it is made of. */
    Path of(Recipe recipe, Path script, FileHashes hashes) throws IOException {
        Files.createDirectories(folder);
        String key = new Digester()
                .add(recipe.base().toString())
                .add(recipe.suite())
                .add(recipe.kernel())
                .addAll(recipe.packages())
                .add(hashes.sha256(script))
                .hex();
        return folder.resolve(recipe.name() + "-" + key.substring(0, 16) + END);
    }

    /** Removes what earlier versions of the recipe left. */
    void keepOnly(Path root) throws IOException {
        String name = root.getFileName().toString();
        String recipe = name.substring(0, name.lastIndexOf('-') + 1);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> !file.equals(root)).toList();
        }
        for (Path file : files) {
            if (file.getFileName().toString().matches(Pattern.quote(recipe) + "[0-9a-f]{16}" + Pattern.quote(END))) {
                Files.deleteIfExists(file);
            }
        }
    }
}
