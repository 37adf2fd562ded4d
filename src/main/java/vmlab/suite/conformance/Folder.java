package vmlab.suite.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;

/**
 * Where a run leaves what it found, and where a later one goes on from: {@code e2e.log}, to which that one appends, upstream's
 * {@code junit_*.xml}, and the names of the specs that were chosen.
 */
record Folder(Path path) {

    /** What e2e.test wrote. */
    Path log() {
        return path.resolve("e2e.log");
    }

    private Path chosen() {
        return path.resolve("specs.txt");
    }

    /** Begins a run of these specs: of an earlier one nothing is left. */
    void begin(List<String> specs) {
        files(() -> {
            Files.createDirectories(path);
            try (Stream<Path> old = Files.list(path)) {
                for (Path file : old.filter(Folder::isOurs).toList()) {
                    Files.delete(file);
                }
            }
            Files.writeString(log(), "");
            return Files.write(chosen(), specs);
        });
    }

    private static boolean isOurs(Path file) {
        return file.getFileName()
                .toString()
                .matches("e2e\\.log|specs\\.txt|junit_.*\\.xml|lab\\.xml|PRODUCT\\.yaml|README\\.md");
    }

    /** What the run before this one was to run, and has yet to. */
    List<String> left() {
        Map<String, Spec> ended = ended();
        return specs().stream().filter(name -> !ended.containsKey(name)).toList();
    }

    /** What failed in the run before, each spec by its last end. */
    List<String> failed() {
        return ended().values().stream()
                .filter(spec -> spec.outcome() == Outcome.FAILED)
                .map(Spec::name)
                .toList();
    }

    /** How many runs left a JUnit file. */
    int runs() {
        return files(() -> {
            try (Stream<Path> all = Files.list(path)) {
                return (int) all.filter(file -> file.getFileName().toString().matches("junit_.*\\.xml"))
                        .count();
            }
        });
    }

    /** How each spec of the log ended last. */
    Map<String, Spec> ended() {
        Map<String, Spec> ended = new LinkedHashMap<>();
        GinkgoLog log = new GinkgoLog(Set.copyOf(specs()), spec -> ended.put(spec.name(), spec));
        files(() -> {
            try (Stream<String> lines = Files.lines(log())) {
                lines.forEach(log::take);
            }
            return log;
        });
        return ended;
    }

    private List<String> specs() {
        if (!Files.exists(chosen()) || !Files.exists(log())) {
            throw LabFailure.input(
                    "there is no earlier run to go on from",
                    "no e2e.log in " + path,
                    "leave out --resume and --rerun-failed, or name its folder with --out");
        }
        return files(() -> Files.readAllLines(chosen()));
    }

    private interface Work<T> {
        T of() throws IOException;
    }

    private static <T> T files(Work<T> work) {
        try {
            return work.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
