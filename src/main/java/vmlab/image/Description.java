package vmlab.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code image.json}: what an image is, what it was made from, and what its files were like then.
 *
 * @param built when, as ISO 8601 has it
 */
record Description(
        String name, String digest, String k0s, String built, Map<String, Artifact> files, Map<String, String> inputs) {

    /** What the file is called in an image's folder. */
    static final String FILE = "image.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** The description of what lies in {@code folder}; empty when there is none, or only that of another image. */
    static Optional<Description> read(Path folder) throws IOException {
        try {
            var said = JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), Description.class);
            return folder.getFileName().toString().startsWith(said.digest()) ? Optional.of(said) : Optional.empty();
        } catch (JacksonException | FileSystemException none) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(FILE).toFile(), this);
    }

    BootImage image(Path folder) {
        return new BootImage(name, digest, folder, k0s, files);
    }

    /** Whether each file has its size: quickly seen, and all that a crash or a full disk would change. */
    boolean isWhole(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path) || Files.size(path) != file.getValue().size()) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with the files, read whole; empty: nothing. */
    List<String> damages(Path folder) throws IOException {
        var damages = new ArrayList<String>();
        for (var file : files.entrySet()) {
            damage(folder.resolve(file.getKey()), file.getValue()).ifPresent(damages::add);
        }
        return damages;
    }

    private static Optional<String> damage(Path file, Artifact was) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!Files.exists(file)) {
            return Optional.of(name + " is missing");
        }
        long size = Files.size(file);
        if (size != was.size()) {
            return Optional.of("%s has %d bytes, was built with %d: %s"
                    .formatted(name, size, was.size(), size < was.size() ? "truncated" : "something was added"));
        }
        String sha256 = FileHashes.read(file);
        return sha256.equals(was.sha256())
                ? Optional.empty()
                : Optional.of("%s has sha256 %s, was built with %s: altered".formatted(name, sha256, was.sha256()));
    }
}
