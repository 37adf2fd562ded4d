package vmlab.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import vmlab.spec.Bytes;

/** Where files lie in memory: a folder of one home's own on the tmpfs that Linux has for that. */
final class TemporaryMemory {

    private static final Path TMPFS = Path.of("/dev/shm");

    private TemporaryMemory() {}

    /** The folder of the labs in {@code home}, which need not be there yet; empty where this machine has no such place. */
    static Optional<Path> of(Path home) {
        try {
            boolean isTmpfs =
                    Files.isWritable(TMPFS) && Files.getFileStore(TMPFS).type().equals("tmpfs");
            return isTmpfs ? Optional.of(TMPFS.resolve("lab-" + digest(Identity.path(home)))) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Whether so much is free there: a machine whose memory can't grow dies. */
    static boolean hasRoom(Bytes size) {
        try {
            return Files.getFileStore(TMPFS).getUsableSpace() >= size.value();
        } catch (IOException none) {
            return false;
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
