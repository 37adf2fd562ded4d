package vmlab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.run.Trees;

/**
 * Images by digest: {@code <digest>/{vmlinuz,initrd,root.squashfs,packages.txt,image.json}}. A folder gets its name when it is whole;
 * until then it is {@code <digest>.building}, which belongs to whoever holds {@code <digest>.lock}.
 */
final class ImageStore {

    private static final String BUILDING = ".building";
    private static final String LOCK = ".lock";

    /** A folder of the store with its description; whether it is whole is another question. */
    record Stored(Path folder, Description description) {

        BootImage image() {
            return description.image(folder);
        }
    }

    private final Path folder;

    ImageStore(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Uses uses() {
        return new Uses(folder);
    }

    /** The image of that digest, if all its files are there. */
    Optional<BootImage> find(String digest) throws IOException {
        Path image = folder.resolve(digest);
        Optional<Description> said = Description.read(image);
        return said.filter(found -> found.isThere(image)).map(found -> found.image(image));
    }

    /** The image in {@code folder}; a {@link LabFailure} where it is gone. */
    static BootImage in(Path folder) {
        try {
            Description said = Description.read(folder)
                    .filter(found -> Files.isDirectory(folder))
                    .orElseThrow(() -> LabFailure.lab(
                            "the image " + folder.getFileName() + ", which a node boots, is gone",
                            folder + " holds no image",
                            "lab image list shows those that there are; import it again, or give the node another one"
                                    + " with lab upgrade"));
            return said.image(folder);
        } catch (IOException error) {
            throw Failures.ofFiles("the image " + folder + " could not be read", error);
        }
    }

    /** The right to build that digest; waits for others who build it. */
    BuildLock lock(String digest, Run run, Duration limit) throws IOException, InterruptedException {
        return BuildLock.acquire(folder.resolve(digest + LOCK), "the image being built", run, limit);
    }

    /** Removes a folder with all that is in it. */
    interface Removal {
        void remove(Path folder) throws IOException, InterruptedException;
    }

    /** Removes the folders of builds that have ended without an image: that of {@code own}, whose lock the caller has, and all that nobody builds in. */
    void sweep(String own, Removal removal) throws IOException, InterruptedException {
        for (Path path : folders()) {
            String name = path.getFileName().toString();
            if (!name.endsWith(BUILDING)) {
                continue;
            }
            String digest = name.substring(0, name.length() - BUILDING.length());
            if (digest.equals(own)) {
                removal.remove(path);
                continue;
            }
            try (var lock = BuildLock.tryAcquire(folder.resolve(digest + LOCK)).orElse(null)) {
                if (lock != null) {
                    removal.remove(path);
                }
            }
        }
    }

    /** The folder to build in. */
    Path newFolder(String digest) throws IOException {
        return Files.createDirectories(folder.resolve(digest + BUILDING));
    }

    /** Makes what was built in {@code building} an image. */
    BootImage publish(String name, ImageInputs inputs, String k0s, Path building) throws IOException {
        var artifacts = new TreeMap<String, Artifact>();
        try (Stream<Path> files = Files.list(building)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                artifacts.put(file.getFileName().toString(), new Artifact(Files.size(file), FileHashes.read(file)));
            }
        }
        String now = Instant.now().toString();
        var description = new Description(name, inputs.digest(), k0s, now, artifacts, inputs.byName());
        description.write(building);
        return publish(description, building);
    }

    /** Gives a folder that is whole its name. */
    BootImage publish(Description description, Path whole) throws IOException {
        Path target = folder.resolve(description.digest());
        Trees.delete(target);
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        return description.image(target);
    }

    /** All images that have their files, the newest first. */
    List<BootImage> list() throws IOException {
        return all().stream()
                .filter(stored -> stored.description().isThere(stored.folder()))
                .map(Stored::image)
                .toList();
    }

    /** All images, the newest first; also those that lost something since. */
    List<Stored> all() throws IOException {
        var found = new ArrayList<Stored>();
        for (Path path : folders()) {
            if (path.getFileName().toString().matches("[0-9a-f]{64}")) {
                Description.read(path).ifPresent(said -> found.add(new Stored(path, said)));
            }
        }
        found.sort(Comparator.comparing((Stored stored) -> stored.description().built())
                .reversed());
        return found;
    }

    /** Removes an image. Its description goes first: what is left of it when this is cut short is no image. */
    void remove(BootImage image) {
        try {
            Files.deleteIfExists(image.folder().resolve(Description.FILE));
            Trees.delete(image.folder());
            uses().forget(image.digest());
        } catch (IOException error) {
            throw Failures.ofFiles("the image " + image.name() + " could not be removed", error);
        }
    }

    private List<Path> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
