package vmlab.run;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that are there as a whole or not at all, whenever the process is killed: beside the file first, under a name of its own that
 * ends with {@code .part}, then renamed over it.
 */
public final class AtomicFile {

    /** What a file ends with until it is whole. */
    public static final String PART = ".part";

    /** Who may read a file. */
    public enum Readers {
        OWNER("rw-------"),
        ALL("rw-r--r--");

        private final Set<PosixFilePermission> mode;

        Readers(String mode) {
            this.mode = PosixFilePermissions.fromString(mode);
        }

        /** As a file's permissions. */
        public Set<PosixFilePermission> mode() {
            return mode;
        }
    }

    private AtomicFile() {}

    /** Writes a file that all may read; its folder must be there. */
    public static void write(Path file, String text) throws IOException {
        write(file, text, Readers.ALL);
    }

    /** The same with one line for each of {@code lines}. */
    public static void write(Path file, Iterable<String> lines) throws IOException {
        write(file, lines.iterator().hasNext() ? String.join("\n", lines) + "\n" : "");
    }

    /** Writes a file that nobody else than {@code readers} can read, not even for a moment. */
    public static void write(Path file, String text, Readers readers) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), readers);
    }

    /** The same for bytes. */
    public static void write(Path file, byte[] bytes, Readers readers) throws IOException {
        replace(file, bytes, readers, false);
    }

    /** The same for what is never made again: it is on the disk when this returns, and a power cut does not take it. */
    public static void keep(Path file, byte[] bytes, Readers readers) throws IOException {
        replace(file, bytes, readers, true);
    }

    private static void replace(Path file, byte[] bytes, Readers readers, boolean force) throws IOException {
        Path part = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "." + file.getFileName() + ".",
                PART,
                PosixFilePermissions.asFileAttribute(Readers.OWNER.mode));
        try {
            // No channel: that one would be closed by an interruption of the thread, and clean-up writes too.
            try (FileOutputStream stream = new FileOutputStream(part.toFile())) {
                stream.write(bytes);
                if (force) {
                    stream.getFD().sync();
                }
            }
            Files.setPosixFilePermissions(part, readers.mode);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
