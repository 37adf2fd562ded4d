package vmlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** labs/junit-example, a copy of which is run as somebody else's project would be. */
record ExampleProject(Path folder) {

    /** Copies it to {@code folder}, with another cluster.yaml than its own. */
    static ExampleProject in(Path folder, Path cluster) throws IOException {
        Path own = Path.of("labs/junit-example");
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file :
                    files.filter(it -> !it.startsWith(own.resolve("target"))).toList()) {
                Files.copy(file, folder.resolve(own.relativize(file).toString()));
            }
        }
        Files.copy(cluster, folder.resolve("lab.yaml"), StandardCopyOption.REPLACE_EXISTING);
        return new ExampleProject(folder);
    }

    /** Its tests, in labs of {@code home}; returns the exit status. */
    int test(Path home) throws IOException, InterruptedException {
        ProcessBuilder maven = new ProcessBuilder(List.of(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-f",
                        folder.resolve("pom.xml").toString(),
                        "test",
                        "-Dlab.program=" + Path.of("scripts/lab").toAbsolutePath(),
                        "-Dlab.image=" + Path.of("images/debian-standin.yaml").toAbsolutePath()))
                .inheritIO();
        maven.environment().put("LAB_HOME", home.toString());
        return maven.start().waitFor();
    }
}
