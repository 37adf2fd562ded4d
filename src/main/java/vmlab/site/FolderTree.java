package vmlab.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import vmlab.run.PrivateFiles;

/** Folders with everything in them. */
public final class FolderTree {

    private FolderTree() {}

    /** Makes a folder that only its owner may enter; what is above it is made as usual. */
    public static void createPrivate(Path folder) {
        try {
            PrivateFiles.folder(folder);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Deletes a folder with everything in it, or everything but {@code spared}; one that is gone is fine. Links are not followed. */
    public static void delete(Path folder, Path... spared) {
        delete(folder, folder, List.of(spared));
    }

    /** The same of a folder that may itself be a link to where its owner has more room: what it leads to is emptied. */
    public static void deleteLinked(Path folder, Path... spared) {
        delete(folder.resolve("."), folder, List.of(spared));
    }

    private static void delete(Path from, Path folder, List<Path> keep) {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path found : tree.sorted(Comparator.reverseOrder()).toList()) {
                Path path = folder.resolve(from.relativize(found));
                boolean isKept =
                        keep.stream().anyMatch(k -> path.startsWith(k) || k.startsWith(path) && Files.exists(k));
                if (!isKept) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
