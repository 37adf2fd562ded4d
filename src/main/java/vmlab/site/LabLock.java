package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vmlab.run.LabFailure;

/**
 * Keeps two commands from changing the same lab at once: a lock on one byte, chosen by the lab's name, of one file for all labs. The kernel
 * lets go of it when the process ends, however it ends.
 */
public final class LabLock implements AutoCloseable {

    private final FileChannel channel;

    private LabLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock of {@code lab}, or says who has it. */
    public static LabLock take(Site site, String lab) {
        return take(site.home(), lab);
    }

    /** The same, of a lab with its folder in {@code home}. */
    public static LabLock take(Path home, String lab) {
        try {
            Path file = Files.createDirectories(home).resolve("lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(Integer.toUnsignedLong(lab.hashCode()), 1, false);
            if (lock == null) {
                channel.close();
                throw LabFailure.lab(
                        "lab " + lab + " is being changed",
                        "another lab up or lab down runs",
                        "wait for it to end, or end it");
            }
            return new LabLock(channel);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
