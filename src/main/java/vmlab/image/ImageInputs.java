package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.spec.PackageSource;
import vmlab.spec.Recipe;

/**
 * Everything that goes into an image, by name; its SHA-256 is the image's name. The same inputs, wherever they lie, give the same name, and
 * of two images these say what was done differently.
 *
 * @param byName like {@code packages → openrc openssh-server}, {@code overlay debian/etc/motd → rw-r--r-- 3a7b…}
 */
public record ImageInputs(Map<String, String> byName) {

    /** Counts up when images made from the same inputs turn out differently for a reason in Java. */
    private static final String FORMAT = "3";

    /** Keeps a sorted copy. */
    public ImageInputs {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    static ImageInputs of(
            Recipe recipe, Optional<Lock> lock, String epoch, K0s k0s, BuildScript script, FileHashes hashes)
            throws IOException {
        var inputs = new TreeMap<String, String>(ofPackages(recipe, lock, script, hashes));
        inputs.put("format", FORMAT);
        inputs.put("name", recipe.name());
        inputs.put("epoch", epoch);
        inputs.put("modules removed", String.join(" ", recipe.removedModules()));
        inputs.put("initrd modules", String.join(" ", recipe.dracutModules()));
        inputs.put("initrd drivers", String.join(" ", recipe.drivers()));
        inputs.put("password", recipe.passwordHash().map(hash -> sha256(hash)).orElse("none"));
        inputs.put("hostname", recipe.hostname());
        recipe.services().forEach((runlevel, names) -> inputs.put("services " + runlevel, String.join(" ", names)));
        for (int i = 0; i < recipe.steps().size(); i++) {
            var step = recipe.steps().get(i);
            inputs.put(String.format(Locale.ROOT, "step %02d", i + 1), step.name() + ": " + step.run());
        }
        for (int i = 0; i < recipe.overlays().size(); i++) {
            String place = "overlay " + (i + 1) + " ";
            files(recipe.overlays().get(i), hashes).forEach((name, file) -> inputs.put(place + name, file));
        }
        inputs.put("k0s", hashes.sha256(k0s.binary()));
        for (Path archive : k0s.archives()) {
            inputs.put("k0s " + archive.getFileName(), hashes.sha256(archive));
        }
        return new ImageInputs(inputs);
    }

    /** What decides about the packages and nothing else; the script counts as a whole. */
    static Map<String, String> ofPackages(Recipe recipe, Optional<Lock> lock, BuildScript script, FileHashes hashes)
            throws IOException {
        var inputs = new TreeMap<String, String>();
        inputs.put("base", recipe.base() + " " + recipe.suite());
        inputs.put("kernel", recipe.kernel());
        inputs.put("packages", String.join(" ", recipe.packages()));
        for (int i = 0; i < recipe.sources().size(); i++) {
            inputs.put("source " + (i + 1), source(recipe.sources().get(i), hashes));
        }
        lock.ifPresent(it -> inputs.put("lock", it.digest()));
        for (Path file : script.files()) {
            inputs.put("script " + file.getFileName(), hashes.sha256(file));
        }
        return inputs;
    }

    private static String source(PackageSource source, FileHashes hashes) throws IOException {
        String key = source.key().isPresent() ? hashes.sha256(source.key().get()) : "";
        return String.join(" ", source.url().orElse(""), source.suite(), String.join(",", source.components()), key)
                + (source.trusted() ? "trusted" : "");
    }

    /** The name of the image that these make. */
    String digest() {
        return digest(byName);
    }

    /** A name for whatever is made from these inputs. */
    static String digest(Map<String, String> inputs) {
        var digest = new Digester();
        inputs.forEach((name, value) -> digest.add(name).add(value));
        return digest.hex();
    }

    /** A folder's files: names, modes, contents, and where links point to. Hidden files count too. */
    static Map<String, String> files(Path tree, FileHashes hashes) throws IOException {
        var found = new TreeMap<String, String>();
        Path folder = tree.toRealPath();
        for (Path path : below(folder)) {
            found.put(folder.relativize(path).toString(), file(path, hashes));
        }
        return found;
    }

    private static String file(Path path, FileHashes hashes) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)) + " "
                + (Files.isRegularFile(path) ? hashes.sha256(path) : "folder");
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder)).sorted().toList();
        }
    }

    private static String sha256(String text) {
        return new Digester().add(text).hex();
    }
}
