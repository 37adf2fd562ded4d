package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Trees;

/** The files of a squashfs, for comparing: unpacked into {@code scratch}, read, and removed again. */
record SquashfsFiles(Path scratch) {

    /** By path: kind or size, mode, and the beginning of the content's SHA-256 or where a link points. */
    Map<String, String> of(Path squashfs) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        Path folder = Files.createTempDirectory(scratch, "unpacked-");
        Path root = folder.resolve("root");
        try {
            var unsquashfs = Environment.process(
                    "unsquashfs",
                    "-q",
                    "-n",
                    "-no-xattrs",
                    "-ignore-errors",
                    "-d",
                    root.toString(),
                    squashfs.toString());
            var outcome = new Script(unsquashfs).run(line -> {});
            if (!Files.isDirectory(root)) {
                throw LabFailure.lab(
                        squashfs + " can't be read",
                        String.join("\n", outcome.lastLines()),
                        "lab image verify says whether it was altered");
            }
            return read(root);
        } finally {
            removable(folder);
            Trees.delete(folder);
        }
    }

    private static Map<String, String> read(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        List<Path> paths;
        try (Stream<Path> below = Files.walk(root)) {
            paths = below.filter(path -> !path.equals(root)).toList();
        }
        for (Path path : paths) {
            found.put("/" + root.relativize(path), text(path));
        }
        return found;
    }

    private static String text(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        int mode = (int) Files.getAttribute(path, "unix:mode") & 07777;
        if (!Files.isRegularFile(path)) {
            return String.format(Locale.ROOT, "%04o", mode);
        }
        return String.format(
                Locale.ROOT,
                "%d %04o %s",
                Files.size(path),
                mode,
                FileHashes.read(path).substring(0, 12));
    }

    /** A folder that not even its owner may write in could not be emptied. */
    private static void removable(Path folder) throws IOException, InterruptedException {
        new Script(Environment.process("chmod", "-R", "u+rwX", folder.toString())).run(line -> {});
    }
}
