package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.LockFile;
import vmlab.run.Trees;

/** What builds and downloads that were cut off left in the cache, beside images and k0s. */
record CutOff(Path cache, ImageStore store) {

    /** Longer than anything is written without a lock. */
    private static final Duration WRITING = Duration.ofDays(1);

    private static final String LOCK = ".lock";
    private static final String BUILDING = ".building";

    /** All of it; {@code old}: when the log of a failed build need no longer be kept. */
    List<Path> find(Instant old) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files(store.folder())) {
            String name = file.getFileName().toString();
            if (name.endsWith(BUILDING) && isFree(lockOf(file))
                    || name.matches("(lock|import|unpacked)-[0-9]+")
                            && isOlder(file, Instant.now().minus(WRITING))
                    || name.matches("failed-.*\\.log") && isOlder(file, old)
                    || name.endsWith(Uses.USERS) && store.uses().isForNothing(file)) {
                found.add(file);
            }
        }
        found.addAll(unfinished(cache.resolve("kept")));
        List<Path> folders =
                new ArrayList<>(List.of(cache, store.folder(), cache.resolve("kept"), cache.resolve("k0s")));
        folders.addAll(files(cache.resolve("k0s")));
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                String name = file.getFileName().toString();
                boolean isPart = name.endsWith(AtomicFile.PART);
                if (isPart && isOlder(file, Instant.now().minus(WRITING)) || name.endsWith(LOCK) && isFree(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** What a build script packs, up to gigabytes, until it is whole: that of builds which run was begun after their locks were taken. */
    private List<Path> unfinished(Path kept) throws IOException {
        List<Path> packed = files(kept).stream()
                .filter(file -> file.getFileName().toString().matches(".*\\.new\\.\\w+"))
                .toList();
        // Asked after the files were listed: a build that begins only now has none of them.
        Instant running = firstBuildThatRuns();
        List<Path> left = new ArrayList<>();
        for (Path file : packed) {
            if (isOlder(file, running)) {
                left.add(file);
            }
        }
        return left;
    }

    /** Since when the longest of them runs: when its lock was taken. */
    private Instant firstBuildThatRuns() throws IOException {
        Instant first = Instant.MAX;
        for (Path lock : files(store.folder())) {
            if (lock.getFileName().toString().endsWith(LOCK) && !isFree(lock) && isOlder(lock, first)) {
                first = Files.getLastModifiedTime(lock).toInstant();
            }
        }
        return first;
    }

    /** Removes one of these; not what somebody took up meanwhile. Returns whether it is gone. */
    boolean remove(Path found, BuildScript script) throws IOException, InterruptedException {
        String name = found.getFileName().toString();
        if (name.endsWith(LOCK) || name.endsWith(BUILDING)) {
            Path lock = name.endsWith(LOCK) ? found : lockOf(found);
            try (var held = BuildLock.tryAcquire(lock).orElse(null)) {
                if (held != null && Files.isDirectory(found)) {
                    script.remove(found);
                }
                return held != null;
            }
        }
        Trees.delete(found);
        return true;
    }

    private static Path lockOf(Path building) {
        return building.resolveSibling(building.getFileName().toString().replaceFirst("\\.building$", LOCK));
    }

    private static boolean isFree(Path lock) throws IOException {
        return !LockFile.isHeld(lock);
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
