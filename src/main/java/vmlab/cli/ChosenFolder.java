package vmlab.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import vmlab.run.LabFailure;

/**
 * A folder that the user chose for lab to keep things in. It need not be there, and nothing is made here.
 *
 * @param variable what chooses it: {@code LAB_HOME}
 */
record ChosenFolder(String variable, Path path) {

    /** Refuses one that is no folder, or can be neither written nor made; so do {@code below}, folders in it that lab needs. */
    void require(String... below) {
        Optional<String> obstacle = obstacle(path);
        for (String name : below) {
            obstacle = obstacle.or(() -> obstacle(path.resolve(name)));
        }
        obstacle.ifPresent(why -> {
            throw LabFailure.input(
                    variable + " can't be used: " + path,
                    why,
                    "make that a folder that you can write, or choose another one: " + variable + "=FOLDER");
        });
    }

    private static Optional<String> obstacle(Path wanted) {
        try {
            return Files.readAttributes(wanted, BasicFileAttributes.class).isDirectory()
                    ? Files.isReadable(wanted)
                            ? unwritable(wanted)
                            : Optional.of(wanted + " may not be read by " + user())
                    : Optional.of(wanted + " is no folder");
        } catch (NoSuchFileException missing) {
            return Files.isSymbolicLink(wanted)
                    ? Optional.of(wanted + " is a link to " + target(wanted) + ", which is not there")
                    : obstacleAbove(wanted);
        } catch (FileSystemException error) {
            return obstacleAbove(wanted).or(() -> Optional.of(wanted + ": " + reason(error)));
        } catch (IOException error) {
            return Optional.of(wanted + ": " + error);
        }
    }

    private static Optional<String> obstacleAbove(Path missing) {
        return Optional.ofNullable(missing.getParent()).flatMap(ChosenFolder::obstacle);
    }

    private static Optional<String> unwritable(Path folder) throws IOException {
        if (Files.isWritable(folder) && Files.isExecutable(folder)) {
            return Optional.empty();
        }
        return Optional.of(
                Files.getFileStore(folder).isReadOnly()
                        ? folder + " is on a read-only file system"
                        : folder + " may not be written by " + user());
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "a place";
        }
    }

    private static String reason(FileSystemException error) {
        return Optional.ofNullable(error.getReason()).orElseGet(error::toString);
    }

    private static String user() {
        return System.getProperty("user.name");
    }
}
