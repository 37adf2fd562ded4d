package vmlab.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;
import vmlab.spec.Bytes;

/** Makes disk images with a file system on them, without root and without mounting: {@code mke2fs -d}. */
public final class Ext4 {

    /** Checking a large disk that lost its power takes the longest. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private Ext4() {}

    /**
     * Makes a sparse raw image with an ext4 file system; takes milliseconds, since nothing is written but what it holds. It is there as a
     * whole or not at all, also when the process is killed meanwhile.
     *
     * @param label by which the guest finds it
     * @param contents a folder whose files it holds from the start
     */
    public static void make(Path image, Bytes size, String label, Optional<Path> contents) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-L", label, "-m", "0"));
        // A new sparse file reads as zeros, so neither mke2fs nor the guest's kernel need write them.
        command.addAll(List.of("-E", "assume_storage_prezeroed=1,nodiscard,root_owner=0:0"));
        contents.ifPresent(folder -> command.addAll(List.of("-d", folder.toString())));
        Path part = image.resolveSibling(image.getFileName() + ".part");
        command.addAll(List.of(part.toString(), size.value() / 1024 + "k"));
        try {
            // What a try that was killed left in there is no file system of its own.
            Files.deleteIfExists(part);
            run(image, "made", command, 0);
            // No channel: that one would be closed by an interruption of the thread.
            try (RandomAccessFile made = new RandomAccessFile(part.toFile(), "rw")) {
                made.getFD().sync();
            }
            Files.move(part, image, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new UncheckedIOException("the disk " + image + " could not be made", error);
        }
    }

    /**
     * Gives an image and the file system on it another size, keeping what it holds; one that is as large already is left alone. Where it
     * was killed between two steps, the next call goes on. No guest may have it.
     */
    public static void grow(Path image, Bytes size) throws InterruptedException {
        if (fills(image, size)) {
            return;
        }
        try {
            // A guest that lost its power left the journal to be played back; that, and mending, is status 1.
            run(image, "checked", List.of("e2fsck", "-f", "-p", image.toString()), 1);
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(Math.max(file.length(), size.value()));
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the disk " + image + " could not be resized", error);
        }
        run(image, "resized", List.of("resize2fs", image.toString()), 0);
    }

    /** Whether an image is at least of this size, and the file system on it as large as it. */
    public static boolean fills(Path image, Bytes size) {
        try {
            return Files.size(image) >= size.value() && isFilled(image);
        } catch (IOException error) {
            throw new UncheckedIOException("the disk " + image + " could not be read", error);
        }
    }

    /**
     * Whether the file system is as large as the image, but for less than a block: counted by its superblock, 1024 bytes from the start
     * (struct ext4_super_block: s_blocks_count_lo at 0x4, s_log_block_size at 0x18).
     */
    private static boolean isFilled(Path image) throws IOException {
        ByteBuffer superblock = ByteBuffer.allocate(0x1C).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(image)) {
            file.read(superblock, 1024);
        }
        long blockSize = 1024L << superblock.getInt(0x18);
        return (Integer.toUnsignedLong(superblock.getInt(4)) + 1) * blockSize > Files.size(image);
    }

    private static void run(Path image, String done, List<String> command, int worst) throws InterruptedException {
        try {
            Program.Said said = new Program(Environment.process(command), LIMIT).run();
            if (said.exit() > worst) {
                throw LabFailure.machine(
                        "the disk " + image.getFileName() + " could not be " + done,
                        said.text(),
                        "free some disk, or update e2fsprogs (1.47 or newer)");
            }
        } catch (IOException error) {
            throw LabFailure.machine(
                    command.getFirst() + " could not be run",
                    error.getMessage(),
                    "install e2fsprogs (scripts/setup does)");
        }
    }
}
