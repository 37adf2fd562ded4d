package vmlab.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.run.Run;

/**
 * Images by digest: {@code <digest>/{vmlinuz,initrd,root.squashfs,packages.txt,image.json}}. A folder gets its name when it is whole;
 * until then it is {@code <digest>.building}, which belongs to whoever holds {@code <digest>.lock}.
 */
final class ImageStore {

    private static final String BUILDING = ".building";
    private static final String LOCK = ".lock";
    private static final String DESCRIPTION = "image.json";
    private static final JsonMapper JSON = new JsonMapper();

    /** {@code image.json}. Files as they were built, so that an image which lost something is built again. */
    private record Description(String name, String digest, String k0s, String built, Map<String, Artifact> files) {}

    private record Dated(BootImage image, String built) {}

    private final Path folder;

    ImageStore(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** The image of that digest, if it is there and whole. */
    Optional<BootImage> find(String digest) throws IOException {
        return read(folder.resolve(digest)).map(Dated::image);
    }

    /** The right to build that digest; waits for others who build it. */
    BuildLock lock(String digest, Run run, Duration limit) throws IOException, InterruptedException {
        return BuildLock.acquire(folder.resolve(digest + LOCK), "the image being built", run, limit);
    }

    /** Folders of builds that have ended without an image. To be called by the holder of a lock before {@link #newFolder}. */
    List<Path> leftovers() throws IOException {
        var left = new ArrayList<Path>();
        for (Path path : entries()) {
            String name = path.getFileName().toString();
            if (!name.endsWith(BUILDING)) {
                continue;
            }
            String digest = name.substring(0, name.length() - BUILDING.length());
            try (var lock = BuildLock.tryAcquire(folder.resolve(digest + LOCK)).orElse(null)) {
                if (lock != null) {
                    left.add(path);
                }
            }
        }
        return left;
    }

    /** The folder to build in. */
    Path newFolder(String digest) throws IOException {
        return Files.createDirectories(folder.resolve(digest + BUILDING));
    }

    /** Makes what was built in {@code building} the image of that digest. */
    BootImage publish(String name, String digest, String k0s, Path building) throws IOException {
        var artifacts = new TreeMap<String, Artifact>();
        try (Stream<Path> files = Files.list(building)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                artifacts.put(file.getFileName().toString(), new Artifact(Files.size(file), FileHashes.read(file)));
            }
        }
        var description = new Description(name, digest, k0s, Instant.now().toString(), artifacts);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(building.resolve(DESCRIPTION).toFile(), description);
        Path whole = folder.resolve(digest);
        Trees.delete(whole);
        Files.move(building, whole, StandardCopyOption.ATOMIC_MOVE);
        return new BootImage(name, digest, whole, k0s, artifacts);
    }

    /** All whole images, the newest first. */
    List<BootImage> list() {
        try {
            var found = new ArrayList<Dated>();
            for (Path path : entries()) {
                read(path).ifPresent(found::add);
            }
            found.sort(Comparator.comparing(Dated::built).reversed());
            return found.stream().map(Dated::image).toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Removes an image. Its description goes first: what is left of it when this is cut short is no image. */
    void remove(BootImage image) {
        try {
            Files.deleteIfExists(image.folder().resolve(DESCRIPTION));
            Trees.delete(image.folder());
        } catch (IOException error) {
            throw Failures.ofFiles("the image " + image.name() + " could not be removed", error);
        }
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).toList();
        }
    }

    private static Optional<Dated> read(Path image) throws IOException {
        try {
            var said =
                    JSON.readValue(Files.readAllBytes(image.resolve(DESCRIPTION)), new TypeReference<Description>() {});
            for (var file : said.files().entrySet()) {
                if (Files.size(image.resolve(file.getKey())) != file.getValue().size()) {
                    return Optional.empty();
                }
            }
            boolean named = image.getFileName().toString().equals(said.digest());
            var found = new BootImage(said.name(), said.digest(), image, said.k0s(), said.files());
            return named ? Optional.of(new Dated(found, said.built())) : Optional.empty();
        } catch (NoSuchFileException | com.fasterxml.jackson.core.JacksonException notWhole) {
            return Optional.empty();
        }
    }
}
