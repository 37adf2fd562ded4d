package vmlab.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Files and folders that a YAML file names, relative to the folder that it lies in itself. They must exist. */
final class Neighbour {

    /** A file, absolute. */
    static final Type<Path> FILE = existing("file", path -> Files.exists(path) && !Files.isDirectory(path));

    /** A folder, absolute. */
    static final Type<Path> FOLDER = existing("folder", Files::isDirectory);

    private Neighbour() {}

    private static Type<Path> existing(String kind, Predicate<Path> isOne) {
        return (value, problems) -> Type.text().read(value, problems).flatMap(text -> {
            var path = resolve(value.place().file(), text);
            if (isOne.test(path)) {
                return Optional.of(path);
            }
            if (Files.exists(path)) {
                problems.add(value, "'" + text + "' is no " + kind, "a " + kind + " belongs here");
            } else {
                problems.add(value, "there is no " + kind + " " + path, Suggestion.forMissing(path));
            }
            return Optional.empty();
        });
    }

    /** The path that some text in a file means; absolute. */
    static Path resolve(Path file, String text) {
        return AbsolutePath.of(AbsolutePath.of(file).resolveSibling(text));
    }
}
