package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Trees;

/** An image as one tar, for another machine: a folder by its digest, with its description, by which it is checked when it comes in. */
record ImageArchive(ImageStore store) {

    /** Writes the image to {@code file}, or nothing. */
    void write(BootImage image, Path file) throws IOException, InterruptedException {
        var command = new ArrayList<String>(
                List.of("tar", "-c", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-C"));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        command.addAll(List.of(store.folder().toString(), "-f", part.toString()));
        command.add(image.digest() + "/" + Description.FILE);
        image.files().keySet().forEach(name -> command.add(image.digest() + "/" + name));
        try {
            tar(command, "the image " + image.name() + " could not be written to " + file);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Takes in what {@link #write} wrote elsewhere; what was altered on the way is refused, and nothing is kept. */
    BootImage read(Path file) throws IOException, InterruptedException {
        String what = file + " can't be imported";
        Path scratch = Files.createTempDirectory(Files.createDirectories(store.folder()), "import-");
        try {
            tar(
                    List.of(
                            "tar",
                            "-x",
                            "--no-same-owner",
                            "--no-same-permissions",
                            "-C",
                            scratch.toString(),
                            "-f",
                            file.toString()),
                    what);
            Path folder = only(scratch).orElseThrow(() -> refused(what, "it is no image that lab exported"));
            Description said = Description.read(folder).orElseThrow(() -> refused(what, "it has no description"));
            if (!new ImageInputs(said.inputs()).digest().equals(said.digest())) {
                throw refused(what, "its description was altered");
            }
            List<String> damages = Damage.of(folder, said.files(), FileHashes::read);
            if (!damages.isEmpty()) {
                throw refused(what, String.join("\n", damages));
            }
            return store.publish(said, folder);
        } finally {
            Trees.delete(scratch);
        }
    }

    private static Optional<Path> only(Path scratch) throws IOException {
        try (var entries = Files.list(scratch)) {
            List<Path> all = entries.toList();
            return all.size() == 1 && all.getFirst().getFileName().toString().matches("[0-9a-f]{64}")
                    ? Optional.of(all.getFirst())
                    : Optional.empty();
        }
    }

    private static LabFailure refused(String what, String why) {
        return LabFailure.input(what, why, "copy it again from where lab image export wrote it");
    }

    private static void tar(List<String> command, String what) throws IOException, InterruptedException {
        var outcome = new Script(Environment.process(command)).run(line -> {});
        if (outcome.status() != 0) {
            throw Failures.ofScript(what, outcome.lastLines(), "see whether the file is there and whole");
        }
    }
}
