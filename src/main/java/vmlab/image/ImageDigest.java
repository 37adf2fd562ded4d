package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import vmlab.spec.Recipe;

/** The name of an image: SHA-256 over everything that goes in. The same inputs, wherever they lie, give the same name. */
final class ImageDigest {

    /** Counts up when images made from the same inputs turn out differently for a reason in Java. */
    private static final String FORMAT = "2";

    private ImageDigest() {}

    static String of(Recipe recipe, K0s k0s, Path script, FileHashes hashes) throws IOException {
        var digest = new Digester()
                .add(FORMAT)
                .add(recipe.name())
                .add(recipe.base().toString())
                .add(recipe.suite())
                .add(recipe.kernel())
                .addAll(recipe.packages())
                .addAll(recipe.drivers())
                .addAll(recipe.dracutModules())
                .add(recipe.passwordHash().orElse(""))
                .add(recipe.hostname());
        recipe.services().forEach((runlevel, names) -> digest.add(runlevel).addAll(names));
        for (Path overlay : recipe.overlays()) {
            addTree(overlay, digest, hashes);
        }
        digest.add(hashes.sha256(script)).add(hashes.sha256(k0s.binary()));
        for (Path archive : k0s.archives()) {
            digest.add(archive.getFileName().toString()).add(hashes.sha256(archive));
        }
        return digest.hex();
    }

    /** A folder's files: names, modes, contents, and where links point to. Hidden files count too. */
    static void addTree(Path tree, Digester digest, FileHashes hashes) throws IOException {
        Path folder = tree.toRealPath();
        for (Path path : below(folder)) {
            digest.add(folder.relativize(path).toString());
            if (Files.isSymbolicLink(path)) {
                digest.add("link").add(Files.readSymbolicLink(path).toString());
                continue;
            }
            digest.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
            digest.add(Files.isRegularFile(path) ? hashes.sha256(path) : "folder");
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder)).sorted().toList();
        }
    }
}
