package vmlab.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vmlab.run.Environment;
import vmlab.run.Program;

/** Docker or Podman on this machine, asked by its own program: what it has of an image. */
record ContainerEngine(String program) {

    private static final List<ContainerEngine> ALL =
            List.of(new ContainerEngine("docker"), new ContainerEngine("podman"));
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Who has the image of that name; {@code said} gets the words of those who don't. */
    static Optional<ContainerEngine> having(String name, List<String> said) throws InterruptedException {
        for (ContainerEngine engine : ALL) {
            try {
                Program.Said answer =
                        new Program(Environment.process(engine.program, "image", "inspect", name), LIMIT).run();
                if (answer.isWell()) {
                    return Optional.of(engine);
                }
                said.add(engine.program + ": " + answer.text().lines().reduce("", (first, last) -> last));
            } catch (IOException notInstalled) {
                said.add(engine.program + ": not on this machine");
            }
        }
        return Optional.empty();
    }

    /** Begins to write the image to its stdout as an archive. */
    Process save(String name) throws IOException {
        return Environment.process(program, "save", name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
