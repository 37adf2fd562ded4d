package vmlab.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;
import vmlab.run.LabFailure;

/** Files with secrets in them, replaced in one step. */
final class SecretFiles {

    private SecretFiles() {}

    /** Writes {@code text}, making folders as needed. A symbolic link keeps pointing where it does; its target is replaced. */
    static void write(Path file, String text, Readers readers) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            AtomicFile.write(target, text.getBytes(StandardCharsets.UTF_8), readers);
        } catch (IOException error) {
            throw failure("written", file, error);
        }
    }

    /** Writes {@code text} anew into a folder that counts for nothing until all of it is there; what an earlier try left goes. */
    static void make(Path file, String text, Readers readers) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(Readers.OWNER.mode()));
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, readers.mode());
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

    static LabFailure failure(String done, Path file, IOException error) {
        return LabFailure.machine(
                        file + " can't be " + done,
                        error.getClass().getSimpleName() + ": " + error.getMessage(),
                        "check its owner, its permissions and the room on its disk")
                .causedBy(error);
    }
}
