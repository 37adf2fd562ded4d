package vmlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a lab left behind. Domains and networks go with the embedded host; so must its processes, and every file but the reports of its last
 * runs and golden labs.
 */
final class Leftovers {

    private Leftovers() {}

    static void assertNone(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(f -> !Files.isDirectory(f)
                            && !f.startsWith(home.resolve("reports"))
                            && !f.startsWith(home.resolve("golden"))))
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
        remove(home.resolve("reports"));
        remove(home.resolve("golden"));
        Files.deleteIfExists(home.resolve("labs"));
        Files.deleteIfExists(home);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> tree = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
