package vmlab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vmlab.run.Event;
import vmlab.run.Run;

/** A build in a process of its own, which stops at its first step until it is told to go on, or killed. */
final class ChildBuild implements AutoCloseable {

    private final Process process;
    private final Path images;

    private ChildBuild(Process process, Path images) {
        this.process = process;
        this.images = images;
    }

    static ChildBuild of(World world, String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChildBuild.class.getName(),
                world.folder.toString());
        return new ChildBuild(
                new ProcessBuilder(command)
                        .redirectError(world.path(name + ".err").toFile())
                        .start(),
                world.path("cache/images"));
    }

    /** The process: {@code FOLDER} holds the recipe and all that it needs. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        new Images(folder.resolve("cache"), true, folder).resolve(folder.resolve("recipe.yaml"), new Run(event -> {
            if (event instanceof Event.Waiting) {
                System.out.println("step");
                try {
                    System.in.read();
                } catch (IOException ended) {
                    throw new IllegalStateException(ended);
                }
            }
        }));
    }

    void awaitStep() throws IOException {
        assertThat(process.inputReader().readLine()).isEqualTo("step");
    }

    void goOn() throws IOException {
        process.outputWriter().write('\n');
        process.outputWriter().flush();
    }

    /** Where it builds. */
    Path folder() throws IOException {
        try (Stream<Path> folders = Files.list(images)) {
            return folders.filter(folder -> folder.toString().endsWith(".building")
                            && !folder.toString().contains("000000"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
