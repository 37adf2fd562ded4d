package vmlab.junit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The command {@code lab}. */
final class Program {

    private static final int MOST_LINES = 60;

    private Program() {}

    /** Runs it to its end. */
    static Exec run(String... arguments) {
        Process process = start(arguments);
        try {
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            String out = read(process.getInputStream());
            return new Exec(process.waitFor(), out, err.join());
        } catch (InterruptedException ended) {
            // As Ctrl-C: it winds down what it began.
            process.destroy();
            Thread.currentThread().interrupt();
            throw new LabException("interrupted in lab " + String.join(" ", arguments));
        }
    }

    /** The same; that it does what is asked. */
    static String must(String... arguments) {
        Exec exec = run(arguments);
        if (exec.exit() != 0) {
            List<String> lines = (exec.out() + exec.err()).lines().toList();
            throw new LabException("lab " + String.join(" ", arguments) + ": exit status " + exec.exit() + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())));
        }
        return exec.out();
    }

    /** Starts it; whoever did so reads its output and ends it. */
    static Process start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(name());
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException missing) {
            throw new LabException("lab can't be run: " + missing.getMessage()
                    + "\nput it on the path, or name it by the system property lab.program or by LAB_PROGRAM");
        }
    }

    private static String name() {
        return Optional.ofNullable(System.getProperty("lab.program"))
                .or(() -> Optional.ofNullable(System.getenv("LAB_PROGRAM")))
                .orElse("lab");
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return "";
        }
    }
}
