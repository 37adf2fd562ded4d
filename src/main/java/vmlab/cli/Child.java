package vmlab.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Printable;

/** Another program that takes over this terminal for a while. */
final class Child {

    private Child() {}

    /** Runs it and returns its exit status. */
    static int run(List<String> command) throws InterruptedException {
        return run(command, Map.of());
    }

    /** The same for one whose output others wrote: it is shown, and steers nothing. */
    static int show(List<String> command) throws InterruptedException {
        try {
            Process process = Environment.process(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                Thread shown = Thread.startVirtualThread(() -> show(process.inputReader(StandardCharsets.UTF_8)));
                int status = process.waitFor();
                shown.join();
                return status;
            } finally {
                process.destroy();
            }
        } catch (IOException error) {
            throw noSuchProgram(command, error);
        }
    }

    /** Shows lines that others wrote. */
    static void show(BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(Printable.text(line));
                System.out.flush();
            }
        } catch (IOException ended) {
            return;
        }
    }

    /** Runs it with more in its environment, and returns its exit status. It ends with this command, also where that is interrupted. */
    static int run(List<String> command, Map<String, String> environment) throws InterruptedException {
        try {
            ProcessBuilder builder = Environment.process(command).inheritIO();
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                return process.waitFor();
            } catch (InterruptedException ending) {
                process.destroy();
                // It may have the terminal to set right first. Once more stops at once.
                process.waitFor();
                throw ending;
            }
        } catch (IOException error) {
            throw noSuchProgram(command, error);
        }
    }

    private static LabFailure noSuchProgram(List<String> command, IOException error) {
        return LabFailure.machine(
                command.getFirst() + " could not be run",
                String.valueOf(error.getMessage()),
                "install it; scripts/setup does");
    }
}
