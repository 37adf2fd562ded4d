package vmlab.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import vmlab.run.LabFailure;

/** Another program that takes over this terminal for a while. */
final class Child {

    private Child() {}

    /** Runs it and returns its exit status. */
    static int run(List<String> command) throws InterruptedException {
        return run(command, Map.of());
    }

    /** Runs it with more in its environment, and returns its exit status. */
    static int run(List<String> command, Map<String, String> environment) throws InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(environment);
            return builder.start().waitFor();
        } catch (IOException error) {
            throw LabFailure.machine(
                    command.getFirst() + " could not be run",
                    String.valueOf(error.getMessage()),
                    "install it; scripts/setup does");
        }
    }
}
