package vmlab.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import vmlab.plan.LabFolder;
import vmlab.run.AtomicFile;
import vmlab.run.AtomicFile.Readers;

/**
 * What is known of a snapshot.
 *
 * @param lab the name of the lab
 * @param made when, in ISO 8601
 * @param boot the machine's boot in which the files were written, or were last seen to be what was written: a power cut may lose some
 * @param nodes each node, and by a digest what it was made from
 * @param carrier what can read it again: versions of the engine, and this machine's processor
 * @param coldMillis from the beginning of the {@code up} that made it until it was Ready; 0 where it was made later
 * @param used of the disk, in bytes: what others have as well counts for all
 * @param leases when each node's lease was last renewed before it stood still, in ISO 8601 by the node's clock
 * @param sizes of each file, in bytes, by its path in the folder
 * @param sums of each file (CRC-32C), but of the nodes' disks, which are large and mostly holes
 */
record Manifest(
        String lab,
        String made,
        String boot,
        Map<String, String> nodes,
        List<String> carrier,
        long coldMillis,
        long used,
        Map<String, String> leases,
        Map<String, Long> sizes,
        Map<String, Long> sums) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** That of a snapshot all of whose files are there in their sizes; empty where it is not whole. */
    static Optional<Manifest> ofWhole(Snapshot snapshot) {
        try {
            Manifest read = JSON.readValue(Files.readString(snapshot.manifest()), Manifest.class);
            return read != null && sizes(snapshot).equals(read.sizes) ? Optional.of(read) : Optional.empty();
        } catch (IOException | RuntimeException notWhole) {
            return Optional.empty();
        }
    }

    /** The sizes of all files of a snapshot but the manifest. */
    static Map<String, Long> sizes(Snapshot snapshot) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Path file : files(snapshot)) {
            if (!file.equals(snapshot.manifest())) {
                sizes.put(snapshot.folder().relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }

    /** The sums as they are now. */
    static Map<String, Long> sums(Snapshot snapshot) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        // A machine's memory may be a part of the file with its state, which then has two names.
        Map<Object, Long> known = new HashMap<>();
        for (Path file : files(snapshot)) {
            String path = snapshot.folder().relativize(file).toString();
            if (!file.equals(snapshot.manifest()) && !path.contains(LabFolder.STATE_DISK)) {
                Object inode = Files.getAttribute(file, "unix:ino");
                if (!known.containsKey(inode)) {
                    known.put(inode, sum(file));
                }
                sums.put(path, known.get(inode));
            }
        }
        return sums;
    }

    private static long sum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                sum.update(buffer.flip());
                buffer.clear();
            }
        }
        return sum.getValue();
    }

    /** The files that are not what was written. */
    List<String> damages(Snapshot snapshot) throws IOException {
        Map<String, Long> now = sums(snapshot);
        return sums.keySet().stream()
                .filter(file -> !sums.get(file).equals(now.get(file)))
                .toList();
    }

    private static List<Path> files(Snapshot snapshot) throws IOException {
        try (Stream<Path> files = Files.walk(snapshot.folder())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Whether the files are what was written: known where this machine runs since, and seen once after each of its boots. */
    boolean isTrue(Snapshot snapshot) throws IOException {
        String now = bootOfThisMachine();
        if (boot.equals(now)) {
            return true;
        }
        boolean isTrue = damages(snapshot).isEmpty();
        if (isTrue) {
            new Manifest(lab, made, now, nodes, carrier, coldMillis, used, leases, sizes, sums).write(snapshot);
        }
        return isTrue;
    }

    static String bootOfThisMachine() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }

    void write(Snapshot snapshot) throws IOException {
        try {
            AtomicFile.write(snapshot.manifest(), JSON.writeValueAsString(this), Readers.OWNER);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Instant madeAt() {
        return Instant.parse(made);
    }

    Duration cold() {
        return Duration.ofMillis(coldMillis);
    }
}
