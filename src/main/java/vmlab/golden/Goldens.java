package vmlab.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.PrivateFiles;
import vmlab.site.FolderTree;

/** The golden labs of one home: a folder each, named by what it can be the same lab for. */
public final class Goldens {

    /** What the name of a folder ends with until it is whole. */
    private static final String PART = ".part";

    private final Optional<Path> place;

    /** Those in this folder, which need not be there; empty where this machine can keep none. */
    public Goldens(Optional<Path> place) {
        this.place = place;
    }

    /** Whether any can be kept here. */
    boolean canBe() {
        return place.isPresent();
    }

    /** Whether one of this lab, of whatever plan, is kept. */
    public boolean haveOne(String lab) {
        return all().stream().anyMatch(kept -> kept.lab().equals(lab));
    }

    /** One that is kept, as {@code lab golden list} shows it. */
    public record Kept(String key, String lab, Instant made, long bytes) {}

    /** The one of this key, where there is one and it is whole; one that is not is removed. */
    Optional<Golden> find(String key) {
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Golden golden = new Golden(place.get().resolve(key));
        if (!Files.exists(golden.folder())) {
            return Optional.empty();
        }
        if (Manifest.ofWhole(golden).isEmpty()) {
            FolderTree.delete(golden.folder());
            return Optional.empty();
        }
        return Optional.of(golden);
    }

    /** A new folder to make a golden lab in; it counts once it is {@link #keep kept}. */
    Golden begin(String key) throws IOException {
        Path folder = place.orElseThrow();
        PrivateFiles.folder(folder.getParent());
        PrivateFiles.folder(folder);
        return new Golden(Files.createTempDirectory(folder, key + PART));
    }

    /** Lets it count, unless another {@code up} of the same plan came first. */
    void keep(Golden begun, String key) throws IOException {
        Path kept = place.orElseThrow().resolve(key);
        try {
            Files.move(begun.folder(), kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException error) {
            if (!Files.isDirectory(kept)) {
                throw error;
            }
            FolderTree.delete(begun.folder());
        }
    }

    void remove(Golden golden) {
        FolderTree.delete(golden.folder());
    }

    /** All that are whole, the newest first. */
    public List<Kept> all() {
        if (place.filter(Files::isDirectory).isEmpty()) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(place.get())) {
            return folders.flatMap(path -> kept(new Golden(path)).stream())
                    .sorted((one, other) -> other.made().compareTo(one.made()))
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException("the golden labs can't be listed", error);
        }
    }

    private static Optional<Kept> kept(Golden golden) {
        return Manifest.ofWhole(golden)
                .map(manifest -> new Kept(
                        golden.folder().getFileName().toString(), manifest.lab(), manifest.madeAt(), manifest.used()));
    }

    /** Removes those of a lab of this name, and the folders with the last one; returns how many went. */
    public int remove(String lab) throws IOException {
        List<Kept> its = all().stream().filter(kept -> kept.lab().equals(lab)).toList();
        for (Kept kept : its) {
            FolderTree.delete(place.orElseThrow().resolve(kept.key()));
        }
        try {
            if (place.isPresent()) {
                Files.deleteIfExists(place.get());
                Files.deleteIfExists(place.get().getParent());
            }
        } catch (DirectoryNotEmptyException others) {
            // They stay.
        }
        return its.size();
    }
}
