package vmlab.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import vmlab.run.AtomicFile;

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
        AtomicFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    BootImage image(Path folder) {
        return new BootImage(name, digest, folder, k0s, files);
    }

    /** Whether all files are there; what is in them is {@link Damage}'s question. */
    boolean isThere(Path folder) {
        return files.keySet().stream().map(folder::resolve).allMatch(Files::exists);
    }
}
