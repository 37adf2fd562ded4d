package vmlab.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vmlab.run.AtomicFile;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/**
 * A disk: a raw file, and any number of layers over it (qcow2), each of which has what was written since it was laid. A machine writes to
 * the topmost alone, so all that lies below can be shared, by hard links, with others that go on from there.
 *
 * @param raw the file at the bottom; its layers lie beside it and are called like it, with {@code .1}, {@code .2} … at the end
 */
public record LayeredDisk(Path raw) {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** All its files, the raw one first. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(raw));
        for (Path layer = layer(1); Files.exists(layer); layer = layer(files.size())) {
            files.add(layer);
        }
        return files;
    }

    /** The file that a machine is given. */
    public Path top() {
        return files().getLast();
    }

    /** Whether this file of a disk is a layer, and no raw one. */
    public static boolean isLayer(Path file) {
        return file.getFileName().toString().matches(".*\\.img\\.\\d+");
    }

    /**
     * Lays an empty layer on top and returns it. It is on the disk when this returns: what a node is told is kept there must not hang on a
     * file that a power cut takes.
     */
    public Path cover() throws InterruptedException {
        List<Path> files = files();
        Path layer = layer(files.size());
        Path part = layer.resolveSibling(layer.getFileName() + AtomicFile.PART);
        Path below = files.getLast();
        run(List.of("create", "-q", "-f", "qcow2", "-F", format(below), "-b", name(below), part.toString()));
        settle(part, layer);
        return layer;
    }

    /** Gives another folder these files of a disk, without copying them. Those that are there already stay. */
    public static void link(List<Path> files, Path folder) throws IOException {
        for (Path file : files) {
            try {
                Files.createLink(folder.resolve(name(file)), file);
            } catch (FileAlreadyExistsException linked) {
                // A try before this one was killed.
            }
        }
    }

    /** Makes one raw file of them all, which nobody else has. No machine may have the disk. */
    public void flatten() throws InterruptedException {
        Path whole = whole();
        if (!Files.exists(whole)) {
            List<Path> files = files();
            if (files.size() == 1) {
                return;
            }
            Path part = raw.resolveSibling(name(raw) + AtomicFile.PART);
            run(List.of(
                    "convert", "-q", "-f", "qcow2", "-O", "raw", files.getLast().toString(), part.toString()));
            settle(part, whole);
        }
        // Killed from here on, the next call goes on; until then a machine finds no disk rather than an old one.
        deleteLayers();
        settle(whole, raw);
    }

    /** All layers in one, until it takes the place of the raw file. */
    private Path whole() {
        return raw.resolveSibling(name(raw) + ".whole");
    }

    /** Removes all its files but the raw one. */
    public void removeLayers() {
        deleteLayers();
        try {
            Files.deleteIfExists(whole());
        } catch (IOException error) {
            throw new UncheckedIOException(whole() + " could not be removed", error);
        }
    }

    private void deleteLayers() {
        try {
            List<Path> files = files();
            for (Path layer : files.subList(1, files.size()).reversed()) {
                Files.delete(layer);
            }
        } catch (IOException error) {
            throw new UncheckedIOException("the layers of " + raw + " could not be removed", error);
        }
    }

    private static void settle(Path part, Path file) {
        try {
            try (RandomAccessFile made = new RandomAccessFile(part.toFile(), "rw")) {
                made.getFD().sync();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException error) {
            throw new UncheckedIOException("the disk " + file + " could not be made", error);
        }
    }

    private Path layer(int number) {
        return raw.resolveSibling(name(raw) + "." + number);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** As qemu-img calls it. */
    private static String format(Path file) {
        return isLayer(file) ? "qcow2" : "raw";
    }

    private void run(List<String> words) throws InterruptedException {
        List<String> command = new ArrayList<>(words);
        command.addFirst("qemu-img");
        try {
            Program.Said said = new Program(Environment.process(command), LIMIT).run();
            if (!said.isWell()) {
                throw LabFailure.machine(
                        "a layer of the disk " + name(raw) + " could not be made",
                        said.text(),
                        "see whether there is room, with df -h");
            }
        } catch (IOException error) {
            throw LabFailure.machine(
                    "qemu-img could not be run", error.getMessage(), "install qemu-utils (scripts/setup does)");
        }
    }
}
