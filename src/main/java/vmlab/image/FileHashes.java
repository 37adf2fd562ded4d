package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import vmlab.run.AtomicFile;
import vmlab.run.Sha256;
import vmlab.spec.AbsolutePath;

/**
 * SHA-256 of files. What was read of a large file is remembered in a file of lines {@code SHA256 STAT PATH} for as long as stat says the
 * same of it: a k0s and its images are half a gigabyte, and an unchanged image is to be known as such at once.
 */
final class FileHashes {

    private static final long LARGE = 256 * 1024;

    /** A file that changed so short a time ago could change again without stat telling. */
    static final Duration SETTLED = Duration.ofSeconds(2);

    private record Known(String sha256, String stat) {}

    private final Path memory;
    private final Map<String, Known> known = new TreeMap<>();
    private boolean changed;

    FileHashes(Path memory) {
        this.memory = memory;
        try {
            for (String line : Files.readAllLines(memory)) {
                String[] words = line.split(" ", 3);
                if (words.length == 3) {
                    known.put(words[2], new Known(words[0], words[1]));
                }
            }
        } catch (IOException none) {
            known.clear(); // it is only a memory
        }
    }

    /** The file's SHA-256, hexadecimal. */
    synchronized String sha256(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,size,ctime");
        if ((long) attributes.get("size") < LARGE) {
            return read(file);
        }
        Instant ctime = ((FileTime) attributes.get("ctime")).toInstant();
        String stat = attributes.get("ino") + "," + attributes.get("size") + "," + ctime;
        String name = AbsolutePath.of(file).toString();
        Known before = known.get(name);
        if (before != null && before.stat().equals(stat)) {
            return before.sha256();
        }
        String sha256 = read(file);
        if (ctime.isBefore(Instant.now().minus(SETTLED))) {
            known.put(name, new Known(sha256, stat));
            changed = true;
        }
        return sha256;
    }

    /** Writes down what is new. A failure costs time later and nothing else. */
    synchronized void save() {
        if (!changed) {
            return;
        }
        try {
            Files.createDirectories(memory.getParent());
            AtomicFile.write(
                    memory,
                    known.entrySet().stream()
                            .filter(entry -> Files.exists(Path.of(entry.getKey())))
                            .map(entry -> entry.getValue().sha256() + " "
                                    + entry.getValue().stat() + " " + entry.getKey())
                            .toList());
            changed = false;
        } catch (IOException lost) {
            changed = true;
        }
    }

    /** Reads the file, whatever is remembered. */
    static String read(Path file) throws IOException {
        return Sha256.of(file);
    }
}
