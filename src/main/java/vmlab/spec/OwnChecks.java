package vmlab.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder with checks of the user's own: each executable file in it is one. Other files, hidden ones and folders are what checks use.
 *
 * @param folder absolute
 */
public record OwnChecks(Path folder) implements Tests {

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    /** A folder as {@code cluster.yaml} or the command line names it; refused where it has no check, or one that can't be executed. */
    public static OwnChecks in(Path folder) {
        OwnChecks checks = new OwnChecks(AbsolutePath.of(folder));
        List<String> mute = checks.files(file -> !Files.isExecutable(file) && isProgram(file)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
        if (!mute.isEmpty()) {
            throw new InvalidValue(
                    String.join(", ", mute) + " in " + folder + " can't be executed", "chmod +x, or another folder");
        }
        if (checks.files().isEmpty()) {
            throw new InvalidValue(
                    "there is no executable file in " + folder, "a folder in which each such file is a check");
        }
        return checks;
    }

    /** The checks, by name. */
    public List<Path> files() {
        return files(Files::isExecutable);
    }

    private List<Path> files(Predicate<Path> wanted) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isProgram(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] first = stream.readNBytes(ELF.length);
            return Arrays.equals(first, ELF) || new String(first, StandardCharsets.ISO_8859_1).startsWith("#!");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The folder's own name. */
    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
