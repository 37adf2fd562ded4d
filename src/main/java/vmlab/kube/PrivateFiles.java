package vmlab.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import vmlab.run.LabFailure;

/** Files with secrets in them: never readable by others, not even for a moment, and replaced in one step. */
final class PrivateFiles {

    static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

    private PrivateFiles() {}

    /** Writes {@code text}, making folders as needed. A symbolic link keeps pointing where it does; its target is replaced. */
    static void write(Path file, String text, Set<PosixFilePermission> mode) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path fresh = Files.createTempFile(
                    target.getParent(), "." + target.getFileName(), "", PosixFilePermissions.asFileAttribute(SECRET));
            try {
                Files.writeString(fresh, text);
                Files.setPosixFilePermissions(fresh, mode);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException error) {
            throw failure("written", file, error);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw failure("read", file, error);
        }
    }

    private static LabFailure failure(String done, Path file, IOException error) {
        return LabFailure.machine(
                        file + " can't be " + done,
                        error.getClass().getSimpleName() + ": " + error.getMessage(),
                        "check its owner, its permissions and the room on its disk")
                .causedBy(error);
    }
}
