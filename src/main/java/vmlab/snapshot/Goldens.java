package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vmlab.spec.Bytes;

/** The golden labs of one home, each by what it can be the same lab for. */
public final class Goldens {

    /** What all of them may take of the disk. */
    public static final Bytes LIMIT = Bytes.mib(20 * 1024);

    private static final String FAILED = ".failed";

    private final Shelf shelf;

    /** Those of {@code home}. */
    public Goldens(Path home) {
        this.shelf = new Shelf(home.resolve("golden"));
    }

    /**
     * One that is kept, as {@code lab golden list} shows it.
     *
     * @param used when an {@code up} last went on from it
     * @param bytes of the disk; what a lab has as well counts here too
     */
    public record Saved(String key, String lab, Instant made, Instant used, long bytes) {

        private static Saved of(Shelf.Saved kept) {
            Manifest manifest = kept.manifest();
            return new Saved(kept.name(), manifest.lab(), manifest.madeAt(), lastUse(kept.snapshot()), manifest.used());
        }
    }

    /** Whether one of this lab, of whatever plan, is kept. */
    public boolean haveOne(String lab) {
        return !of(lab).isEmpty();
    }

    /** The one of this key, where there is one and it is whole. */
    Optional<Shelf.Saved> find(String key) {
        return shelf.find(key);
    }

    /** The one of a lab that was used last. */
    Optional<Shelf.Saved> lastOf(String lab) {
        return of(lab).stream().findFirst().flatMap(kept -> shelf.find(kept.key()));
    }

    Snapshot begin(String key) throws IOException {
        return shelf.begin(key);
    }

    /** Lets it count, and gives up those that were used the longest ago until all fit into {@link #LIMIT}. */
    void keep(Snapshot begun, String key) throws IOException {
        shelf.keep(begun, key);
        Files.deleteIfExists(failed(key));
        if (collect(LIMIT, false).stream().anyMatch(gone -> gone.key().equals(key))) {
            throw new IOException("it takes more than " + LIMIT);
        }
    }

    /** Notes that a lab went on from it. */
    void use(String key) throws IOException {
        Files.setLastModifiedTime(shelf.at(key).manifest(), FileTime.from(Instant.now()));
        Files.deleteIfExists(failed(key));
    }

    /** Notes that no lab came to life from it; returns whether it stays: the first time the machine may only have been too busy. */
    boolean isWorthAnotherTry(String key) throws IOException {
        boolean isFirst = !Files.exists(failed(key));
        if (isFirst) {
            Files.createFile(failed(key));
        } else {
            remove(key);
        }
        return isFirst;
    }

    private Path failed(String key) {
        return shelf.place().resolve(key + FAILED);
    }

    /** All that are whole, the one that was used last first. */
    public List<Saved> all() {
        return shelf.all().stream()
                .map(Saved::of)
                .sorted(Comparator.comparing(Saved::used).reversed())
                .toList();
    }

    /** What is not as it was written, file by file. */
    public List<String> damages() throws IOException {
        List<String> damages = new ArrayList<>();
        for (Shelf.Saved kept : shelf.all()) {
            for (String file : kept.manifest().damages(kept.snapshot())) {
                damages.add("lab " + kept.manifest().lab() + ": "
                        + kept.snapshot().folder().resolve(file));
            }
        }
        return damages;
    }

    /** Those of a lab of this name, the one that was used last first. */
    public List<Saved> of(String lab) {
        return all().stream().filter(kept -> kept.lab().equals(lab)).toList();
    }

    private static Instant lastUse(Snapshot golden) {
        try {
            return Files.getLastModifiedTime(golden.manifest()).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    /** Removes one. */
    public void remove(String key) throws IOException {
        Files.deleteIfExists(failed(key));
        shelf.remove(key);
    }

    /** Removes those that were used the longest ago until the others take no more than {@code limit}; returns those that went, or would. */
    public List<Saved> collect(Bytes limit, boolean isDryRun) throws IOException {
        long taken = 0;
        List<Saved> gone = new ArrayList<>();
        for (Saved kept : all()) {
            if (taken + kept.bytes() <= limit.value()) {
                taken += kept.bytes();
                continue;
            }
            gone.add(kept);
            if (!isDryRun) {
                remove(kept.key());
            }
        }
        return gone;
    }
}
