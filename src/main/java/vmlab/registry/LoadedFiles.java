package vmlab.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import vmlab.run.AtomicFile;

/**
 * What was loaded from which file, so that one that is as it was need not be read again: a note for each, called by the path's digest. It
 * is only a memory; a folder has none, and is read each time, which copies nothing that the store has.
 */
record LoadedFiles(Path folder) {

    /** Whether the images that {@code file} holds are in the store, as far as is known. */
    boolean isLoaded(Path file, Collection<StoredImage> images) {
        try {
            List<String> lines = Files.readAllLines(note(file));
            return lines.getFirst().equals(state(file))
                    && images.stream()
                            .map(LoadedFiles::line)
                            .collect(Collectors.toSet())
                            .containsAll(lines.subList(1, lines.size()));
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** Notes what was loaded from {@code file} just now. */
    void note(Path file, List<StoredImage> images) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            String lines = images.stream().map(LoadedFiles::line).collect(Collectors.joining("\n"));
            AtomicFile.write(note(file), state(file) + "\n" + lines + "\n");
        } catch (IOException lost) {
            // It will be read once more.
        }
    }

    private Path note(Path file) {
        byte[] path = file.toAbsolutePath().normalize().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return folder.resolve(BlobDigest.of(path).hex());
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.fileKey() + " " + now.size() + " " + now.lastModifiedTime();
    }

    private static String line(StoredImage image) {
        return image.digest() + " " + image.name();
    }
}
