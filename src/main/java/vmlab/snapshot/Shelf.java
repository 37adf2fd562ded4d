package vmlab.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.run.AtomicFile;
import vmlab.run.LabFailure;
import vmlab.run.PrivateFiles;
import vmlab.site.FolderTree;

/** A folder of snapshots, each in a folder of its own by the name that it goes by. Who writes there holds the lab's lock. */
record Shelf(Path place) {

    /** One that is whole. */
    record Saved(String name, Snapshot snapshot, Manifest manifest) {

        /** Refuses one whose files are not what was written. */
        void requireTrue() throws IOException {
            if (!manifest.isTrue(snapshot)) {
                throw LabFailure.lab(
                        "snapshot " + name + " of lab " + manifest.lab() + " is damaged",
                        String.join(", ", manifest.damages(snapshot)) + " in " + snapshot.folder()
                                + " is not what was written",
                        "take another");
            }
        }
    }

    /** The one of this name, where there is one and it is whole. */
    Optional<Saved> find(String name) {
        Snapshot snapshot = at(name);
        return Manifest.ofWhole(snapshot).map(manifest -> new Saved(name, snapshot, manifest));
    }

    Snapshot at(String name) {
        return new Snapshot(place.resolve(name));
    }

    /** All that are whole, by name. */
    List<Saved> all() {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(place)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.endsWith(AtomicFile.PART))
                    .sorted()
                    .flatMap(name -> find(name).stream())
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException("the snapshots in " + place + " can't be listed", error);
        }
    }

    /** An empty folder to take a snapshot in; it counts once it is {@link #keep kept}. */
    Snapshot begin(String name) throws IOException {
        PrivateFiles.folder(place);
        Snapshot begun = at(name + AtomicFile.PART);
        FolderTree.delete(begun.folder());
        PrivateFiles.folder(begun.folder());
        return begun;
    }

    /** Lets it count, in place of another of that name. */
    void keep(Snapshot begun, String name) throws IOException {
        FolderTree.delete(at(name).folder());
        Files.move(begun.folder(), at(name).folder(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The place goes with the last one. */
    void remove(String name) throws IOException {
        FolderTree.delete(at(name).folder());
        if (Files.isDirectory(place)) {
            try (Stream<Path> left = Files.list(place)) {
                if (left.findAny().isEmpty()) {
                    Files.delete(place);
                }
            }
        }
    }
}
