package vmlab.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import vmlab.run.Environment;
import vmlab.run.LabFailure;

/**
 * A k0s that is there.
 *
 * @param archives image archives for {@code /var/lib/k0s/images}, by name
 */
record K0s(Path binary, List<Path> archives) {

    K0s {
        archives = archives.stream().sorted().toList();
    }

    /** What it says of its version, on this machine. */
    String version() throws IOException, InterruptedException {
        var first = new AtomicReference<>("");
        var outcome = new Script(Environment.process(binary.toString(), "version"))
                .run(line -> first.compareAndSet("", line.strip()));
        if (outcome.status() != 0 || first.get().isEmpty()) {
            throw LabFailure.input(
                    binary + " does not work as k0s",
                    "'k0s version' ended with exit status " + outcome.status() + ": "
                            + String.join("\n", outcome.lastLines()),
                    "give the k0s executable for linux/amd64");
        }
        return first.get();
    }
}
