package vmlab.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/** Copies files: with holes where there are holes, and without copying where the file system can share blocks. */
public final class SparseCopy {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private SparseCopy() {}

    /** Copies a file; what has the copy's name already is replaced. */
    public static void of(Path file, Path copy) throws InterruptedException {
        copy(List.of("-T", "--", file.toString(), copy.toString()));
    }

    /** Copies files and folders into a folder, and their modes and times. */
    public static void into(Path folder, List<Path> files) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("-a", "-t", folder.toString(), "--"));
        files.forEach(file -> words.add(file.toString()));
        copy(words);
    }

    private static void copy(List<String> words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("cp", "--sparse=auto", "--reflink=auto"));
        command.addAll(words);
        try {
            Program.Said said = new Program(Environment.process(command), LIMIT).run();
            if (!said.isWell()) {
                throw LabFailure.machine(
                        "the files could not be copied",
                        said.text().isEmpty() ? "cp was ended, with status " + said.exit() : said.text(),
                        "see whether there is room, with df -h");
            }
        } catch (IOException error) {
            throw LabFailure.machine("cp could not be run", error.getMessage(), "it belongs to coreutils");
        }
    }
}
