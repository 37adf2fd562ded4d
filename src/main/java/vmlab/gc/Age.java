package vmlab.gc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** From when on something is old. */
record Age(Instant before) {

    /** Nothing is written for so long under a name that is not yet its own. */
    static final Duration CUT_OFF = Duration.ofHours(1);

    static Age of(Duration duration) {
        return new Age(Instant.now().minus(duration));
    }

    /** Whether nothing in {@code path}, a file or a folder, was written since. What vanishes meanwhile is not old. */
    boolean isPassedBy(Path path) {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.toList()) {
                if (Files.getLastModifiedTime(each).toInstant().isAfter(before)) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
