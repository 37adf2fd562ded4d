package vmlab.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vmlab.run.Environment;
import vmlab.run.LabFailure;
import vmlab.run.Program;

/** The git of this machine, run to its end on the repository in {@code folder} and no other. */
record Git(Path folder, Map<String, String> environment, Duration limit) {

    /** What hides the configuration of the user and of the machine. */
    static final Map<String, String> NOBODYS =
            Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");

    /** Long enough to take in a large repository from a slow disk. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** What a repository's own configuration, which is anybody's, does not change. */
    private static final List<String> SETTINGS = Stream.of(
                    "safe.bareRepository=all",
                    "core.fsmonitor=false",
                    "core.hooksPath=/dev/null",
                    "core.warnAmbiguousRefs=false",
                    "core.quotePath=false",
                    "protocol.file.allow=always",
                    "push.pushOption=")
            .flatMap(setting -> Stream.of("-c", setting))
            .toList();

    Git(Path folder, Map<String, String> environment) {
        this(folder, environment, LIMIT);
    }

    /** Without the user's own configuration. Whether the user trusts the repository is to be asked before ({@link #asTheUser}). */
    static Git in(Path folder) {
        return in(folder, Map.of());
    }

    /** The same with more in its environment. */
    static Git in(Path folder, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(NOBODYS);
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.putAll(more);
        return new Git(folder, environment);
    }

    /** With the user's own configuration, which says what repositories of others are trusted. */
    static Git asTheUser(Path folder) {
        return new Git(folder, Map.of());
    }

    /** Runs a command, however it ends. */
    Program.Said ask(String... arguments) throws InterruptedException {
        return answer("", arguments);
    }

    /** The same with something to read. */
    Program.Said answer(String input, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(SETTINGS);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = Environment.process(command);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            // One whose .git is broken is not to be sought in the folders above it.
            builder.environment()
                    .put(
                            "GIT_CEILING_DIRECTORIES",
                            folder.toRealPath().resolve("..").normalize().toString());
            builder.environment().putAll(environment);
            return new Program(builder, limit).run(input);
        } catch (IOException error) {
            throw LabFailure.machine(
                    "git could not be run in " + folder,
                    String.valueOf(error.getMessage()),
                    "see whether the folder is there; install git (scripts/setup does)");
        }
    }

    /** Runs a command that should not fail, and returns what it said. */
    String run(String... arguments) throws InterruptedException {
        return well(ask(arguments), arguments);
    }

    /** The same with something to read. */
    String feed(String input, String... arguments) throws InterruptedException {
        return well(answer(input, arguments), arguments);
    }

    private String well(Program.Said said, String... arguments) {
        if (!said.isWell()) {
            throw LabFailure.machine(
                    "what the nodes provision themselves from could not be made ready",
                    "git " + String.join(" ", arguments) + ": " + said.text(),
                    "see whether " + folder + " can be read by you");
        }
        return said.text();
    }
}
