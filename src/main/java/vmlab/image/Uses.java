package vmlab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vmlab.run.AtomicFile;
import vmlab.run.Run;

/**
 * Which labs use which images: {@code <digest>.users} in the store has the folders of labs, a line each. A lab that is taken down loses its
 * folder, and its claim with it; so labs of every {@code LAB_HOME} that shares the store count, and a crash leaves nothing false.
 */
record Uses(Path store) {

    /** What the names of these files end with. */
    static final String USERS = ".users";

    /** Removing an image takes seconds at most. */
    private static final Duration OTHERS = Duration.ofMinutes(5);

    /** Held while claims are written, and while an image goes because it has none: neither may come between the other's steps. */
    BuildLock lock(Run run) throws IOException, InterruptedException {
        return BuildLock.acquire(store.resolve("users.lock"), "the list of images in use", run, OTHERS);
    }

    /**
     * Notes that the lab in {@code labFolder}, which is there, boots that image; by whoever holds the lock. The image need not be there by
     * then.
     */
    void claim(String digest, Path labFolder) throws IOException {
        var labs = new TreeSet<>(labs(digest));
        if (labs.add(labFolder.toAbsolutePath().normalize().toString())) {
            AtomicFile.write(store.resolve(digest + USERS), labs);
        }
    }

    /** The folders of labs that boot the image and are there still. */
    Set<String> labs(String digest) {
        Path file = store.resolve(digest + USERS);
        try {
            List<String> claimed = Files.exists(file) ? Files.readAllLines(file) : List.of();
            var there = new TreeSet<>(claimed);
            there.removeIf(lab -> !Files.isDirectory(Path.of(lab)));
            return there;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Whether one of these files is for an image that is gone, and no lab waits for it to be made anew. */
    boolean isForNothing(Path users) {
        String name = users.getFileName().toString();
        String digest = name.substring(0, name.length() - USERS.length());
        return !Files.exists(store.resolve(digest)) && labs(digest).isEmpty();
    }

    void forget(String digest) throws IOException {
        Files.deleteIfExists(store.resolve(digest + USERS));
    }
}
