package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.engine.Console;
import vmlab.engine.Machines;
import vmlab.run.LabFailure;
import vmlab.site.Access;
import vmlab.site.Site;

/** {@code lab console}. */
@Command(
        name = "console",
        description = {
            "Attach to a node's serial console; Ctrl-] leaves it.",
            "A serial line has no size: type stty rows R cols C there after resizing the terminal."
        },
        footer = {"", "Examples:", "  lab console single", "  lab console single --screenshot cp.png"})
final class ConsoleCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Option(
            names = "--screenshot",
            paramLabel = "FILE",
            description =
                    "Write what the node's display shows as a PNG instead: firmware, kernel and node say there what they do.")
    private Optional<Path> screenshot = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        return node.of(lab, access -> show(lab, access));
    }

    private int show(String lab, Access access) throws InterruptedException {
        Site site = Surroundings.ofThisProcess().siteOf(lab);
        try (var engine = site.engine()) {
            Machines machines = engine.machines();
            return screenshot.isPresent()
                    ? write(machines.screenshot(access.domain()), screenshot.get())
                    : attach(access.node(), machines.console(access.domain()));
        }
    }

    private static int attach(String node, Console console) throws InterruptedException {
        if (Terminal.isStderr()) {
            System.err.printf(
                    "console of %s; Ctrl-] leaves it%s%n",
                    node, Terminal.size().map(" (there: stty %s)"::formatted).orElse(""));
        }
        return switch (console) {
            case Console.Program program -> Child.run(program.command());
            case Console.Line line -> join(line);
        };
    }

    private static int join(Console.Line line) throws InterruptedException {
        Optional<String> terminal = Terminal.raw();
        boolean hasLeft;
        try {
            hasLeft = line.join(new KeysUntilLeave(Stdin.interruptible()), System.out);
        } finally {
            if (terminal.isPresent()) {
                Terminal.restore(terminal.get());
            }
        }
        if (!hasLeft) {
            System.err.println("the console was closed: the machine went off, or somebody else opened it");
        }
        return 0;
    }

    private static int write(byte[] picture, Path file) {
        try {
            Files.write(file, picture);
        } catch (IOException error) {
            throw LabFailure.input(
                    file + " can't be written",
                    String.valueOf(error.getMessage()),
                    "name another file, in a folder that is there");
        }
        System.out.println(file);
        return 0;
    }
}
