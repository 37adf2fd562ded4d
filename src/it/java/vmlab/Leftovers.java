package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a lab left behind. Domains and networks go with the embedded host; so must its processes, and every file but the reports of its last
 * runs.
 */
final class Leftovers {

    private Leftovers() {}

    static void assertNone(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(f -> !Files.isDirectory(f) && !f.startsWith(home.resolve("reports"))))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> commandLine(process).contains(home.toString())))
                .as("processes that still name the lab's home")
                .isEmpty();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /** Removes the home itself, once nothing is left in it. */
    static void removeHome(Path home) throws IOException {
        Files.deleteIfExists(home.resolve("locks"));
        try (Stream<Path> reports =
                Files.exists(home.resolve("reports")) ? Files.walk(home.resolve("reports")) : Stream.empty()) {
            for (Path path : reports.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Files.deleteIfExists(home.resolve("labs"));
        Files.deleteIfExists(home);
    }
}
