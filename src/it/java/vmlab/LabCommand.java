package vmlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code scripts/lab} as a user would, against a home of the test's own and the embedded host. */
record LabCommand(Path home, Map<String, String> environment) {

    LabCommand(Path home) {
        this(home, Map.of());
    }

    /** How a command ended. */
    record Result(int exit, String out, String err, Duration took) {}

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private static final Path INSTALLATION = Path.of("").toAbsolutePath();

    /** Runs a command to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        try {
            long start = System.nanoTime();
            Process process = start(out, err, arguments);
            if (!process.waitFor(MachinePace.here().of(LIMIT).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "lab " + String.join(" ", arguments) + " did not end:\n" + Files.readString(err));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    "lab %s: exit %d after %.1f s%n",
                    String.join(" ", arguments), process.exitValue(), took.toMillis() / 1000.0);
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err), took);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts a command and leaves it running. */
    Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(INSTALLATION.resolve("scripts/lab").toString(), "--connect", "embedded"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(INSTALLATION.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LAB_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
