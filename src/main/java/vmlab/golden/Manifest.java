package vmlab.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;

/**
 * What is known of a golden lab.
 *
 * @param lab its name
 * @param made when, in ISO 8601
 * @param coldMillis from the beginning of the {@code up} that made it until it was Ready
 * @param used of the tmpfs, in bytes: memory that a node never touched takes none
 * @param leases when each node's lease was last renewed before it stood still, in ISO 8601 by the node's clock
 * @param sizes of each file, in bytes, by its path in the folder
 */
record Manifest(
        String lab, String made, long coldMillis, long used, Map<String, String> leases, Map<String, Long> sizes) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** That of a golden lab all of whose files are there in their sizes; empty where it is not whole. */
    static Optional<Manifest> ofWhole(Golden golden) {
        try {
            Manifest read = JSON.readValue(Files.readString(golden.manifest()), Manifest.class);
            return read != null && sizes(golden).equals(read.sizes) ? Optional.of(read) : Optional.empty();
        } catch (IOException | RuntimeException notWhole) {
            return Optional.empty();
        }
    }

    /** The sizes of all files of a golden lab but the manifest. */
    static Map<String, Long> sizes(Golden golden) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(golden.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.equals(golden.manifest())) {
                    sizes.put(golden.folder().relativize(file).toString(), Files.size(file));
                }
            }
        }
        return sizes;
    }

    void write(Golden golden) throws IOException {
        try {
            AtomicFile.write(golden.manifest(), JSON.writeValueAsString(this), Readers.OWNER);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Instant madeAt() {
        return Instant.parse(made);
    }

    Duration cold() {
        return Duration.ofMillis(coldMillis);
    }
}
