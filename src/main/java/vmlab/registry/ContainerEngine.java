package vmlab.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import vmlab.run.Environment;
import vmlab.run.Program;

/** Docker or Podman on this machine, asked by its own program: what it has of an image. */
record ContainerEngine(String program) {

    private static final List<ContainerEngine> ALL =
            List.of(new ContainerEngine("docker"), new ContainerEngine("podman"));
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{1,64}");

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

    /** Whether it knows the image by its ID, or the beginning of one: pods can't ask for that. */
    boolean isId(String text) throws IOException, InterruptedException {
        return ID.matcher(text).matches()
                && digits(new Program(
                                        Environment.process(program, "image", "inspect", "--format", "{{.Id}}", text),
                                        LIMIT)
                                .run()
                                .text())
                        .startsWith(digits(text));
    }

    /** Docker writes the algorithm in front, Podman does not. */
    private static String digits(String id) {
        return id.substring(id.indexOf(':') + 1);
    }

    /** Begins to write the image to its stdout as an archive. */
    Process save(String name) throws IOException {
        return Environment.process(program, "save", name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
