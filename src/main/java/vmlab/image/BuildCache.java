package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;

/**
 * What steps of builds made, for builds to come: roots after their packages, kernels, initrds, packages as they were fetched. Only roots
 * are named here; of the others the build scripts know. Beside a root lies a list of what was asked for: {@code <root>.names}.
 */
record BuildCache(Path folder) {

    /** So many of a kind are kept, those last used. */
    private static final int EACH = 4;

    private static final String NAMES = ".names";

    /** A root that is there or is to be made, and one to which packages may be added to get it. */
    record Root(String name, Optional<String> from, Set<String> packages) {}

    /** The root made from {@code inputs}, which {@link ImageInputs#ofPackages} gives. */
    Root root(Map<String, String> inputs) throws IOException {
        Files.createDirectories(folder);
        var others = new TreeMap<>(inputs);
        var packages = new TreeSet<>(List.of(others.remove("packages").split(" ")));
        String family = "root-" + ImageInputs.digest(others).substring(0, 8) + "-";
        String name = family + ImageInputs.digest(inputs).substring(0, 16);
        // What a lock says can't be had by adding.
        Optional<String> from = inputs.containsKey("lock") ? Optional.empty() : largestPart(family, name, packages);
        return new Root(name, from, packages);
    }

    private Optional<String> largestPart(String family, String name, Set<String> packages) throws IOException {
        return names().stream()
                .filter(other -> other.startsWith(family) && !other.equals(name))
                .filter(other -> packages.containsAll(asked(other)))
                .max(Comparator.comparingInt(other -> asked(other).size()));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(NAMES))
                    .map(name -> name.substring(0, name.length() - NAMES.length()))
                    .toList();
        }
    }

    private Set<String> asked(String root) {
        try {
            return new TreeSet<>(Files.readAllLines(folder.resolve(root + NAMES)));
        } catch (IOException none) {
            return Set.of();
        }
    }

    /** Notes what the root is made of, and removes what has not been used for the longest. */
    void made(Root root) throws IOException {
        AtomicFile.write(folder.resolve(root.name() + NAMES), root.packages());
        sweep();
    }

    private void sweep() throws IOException {
        Map<String, List<Path>> kinds;
        try (Stream<Path> files = Files.list(folder)) {
            kinds = files.filter(Files::isRegularFile)
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replaceFirst("[-.].*", "")));
        }
        for (List<Path> files : kinds.values()) {
            var byName = files.stream()
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replaceFirst("\\..*", "")));
            var oldFirst = byName.values().stream()
                    .sorted(Comparator.comparing(BuildCache::lastUsed))
                    .toList();
            for (List<Path> old : oldFirst.subList(0, Math.max(0, oldFirst.size() - EACH))) {
                for (Path file : old) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static long lastUsed(List<Path> files) {
        return files.stream().mapToLong(BuildCache::modified).max().orElse(0);
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }
}
