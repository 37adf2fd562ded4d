package vmlab.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/** The git of this machine, run to its end. */
record Git(Path folder, Map<String, String> environment, Duration limit) {

    /** Long enough to take in a large repository from a slow disk. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    Git(Path folder, Map<String, String> environment) {
        this(folder, environment, LIMIT);
    }

    static Git in(Path folder) {
        return new Git(folder, Map.of());
    }

    /** Runs a command, however it ends. */
    Program.Said ask(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().putAll(environment);
        try {
            return new Program(builder, limit).run();
        } catch (IOException error) {
            throw LabFailure.machine(
                    "git could not be run", String.valueOf(error.getMessage()), "install git (scripts/setup does)");
        }
    }

    /** Runs a command that should not fail, and returns what it said. */
    String run(String... arguments) throws InterruptedException {
        Program.Said said = ask(arguments);
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "what the nodes provision themselves from could not be made ready",
                    "git " + String.join(" ", arguments) + ": " + said.text(),
                    "see whether " + folder + " can be read by you");
        }
        return said.text();
    }
}
