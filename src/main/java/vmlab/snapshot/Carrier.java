package vmlab.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vmlab.engine.Engine;
import vmlab.run.LabFailure;

/** What a machine's state can be read by again: it depends on the very versions, and on the processor with all its features. */
final class Carrier {

    private Carrier() {}

    static List<String> of(Engine engine) {
        List<String> words = new ArrayList<>(engine.versions());
        words.addAll(processor());
        return words;
    }

    /** Refuses what was written by others. */
    static void require(Manifest manifest, Engine engine) {
        List<String> here = of(engine);
        List<String> its =
                manifest.carrier().stream().filter(word -> !here.contains(word)).toList();
        if (!its.isEmpty()) {
            throw LabFailure.machine(
                    "a snapshot of " + manifest.made() + " can't go on here",
                    "it was taken with " + String.join(", ", its) + ", and here is " + String.join(", ", here),
                    "lab up boots");
        }
    }

    /** The first one's model and features. */
    private static List<String> processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .takeWhile(line -> !line.isBlank())
                    .filter(line -> line.startsWith("model name") || line.startsWith("flags"))
                    .map(line -> line.replaceFirst("\\s*:", ""))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
