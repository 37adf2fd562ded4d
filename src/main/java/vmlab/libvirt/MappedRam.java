package vmlab.libvirt;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a saved machine's memory lies in its state file, if it was written with its pages at fixed places (docs/devel/migration/mapped-ram in
 * QEMU's sources): such a file can be mapped as memory, just where its pages begin.
 *
 * @param bitmap where the bits begin that say which pages are to be read, in bytes
 * @param pages where the first page is, in bytes
 * @param size of the memory, in bytes
 */
record MappedRam(long bitmap, long pages, long size) {

    private static final int PAGE = 4096;

    /** The memory's entry is the first of the stream, which is about its parts. */
    private static final int START = 64 * 1024;

    /** Version, page size, and where bits and pages begin (struct MappedRamHeader, big-endian). */
    private static final int HEADER = 4 + 8 + 8 + 8;

    /** That of the memory {@code name}; empty where the file has no memory in it. */
    static Optional<MappedRam> find(Path state, String name) throws IOException {
        ByteBuffer start = read(state);
        byte[] entry = name.getBytes(StandardCharsets.US_ASCII);
        for (int at = 1; at + entry.length + 8 + HEADER <= start.limit(); at++) {
            if (start.get(at - 1) == entry.length
                    && start.slice(at, entry.length).equals(ByteBuffer.wrap(entry))) {
                int after = at + entry.length;
                MappedRam found = new MappedRam(
                        start.getLong(after + 8 + 12), start.getLong(after + 8 + 20), start.getLong(after));
                boolean isHeader = start.getInt(after + 8) == 1
                        && start.getLong(after + 8 + 4) == PAGE
                        && found.bitmap == after + 8 + HEADER;
                if (isHeader) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer read(Path state) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(state.toFile(), "r")) {
            byte[] start = new byte[(int) Math.min(START, file.length())];
            file.readFully(start);
            return ByteBuffer.wrap(start);
        }
    }

    /** Lets whoever reads the state leave the memory where it is. */
    void leaveThere(Path state) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(state.toFile(), "rw")) {
            file.seek(bitmap);
            file.write(new byte[(int) (size / PAGE / 8)]);
        }
    }
}
