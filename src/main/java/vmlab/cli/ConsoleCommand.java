package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lab console}. */
@Command(
        name = "console",
        description = {
            "The serial console of a node; Ctrl-] leaves it.",
            "A serial line tells no size: stty rows R cols C, typed there, fits the node's shell to a terminal that was resized."
        })
final class ConsoleCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Override
    public Integer call() throws InterruptedException {
        var access = node.of(target.name());
        if (Terminal.isStderr()) {
            System.err.printf(
                    "console of %s; Ctrl-] leaves it%s%n",
                    access.node(),
                    Terminal.size().map(" (there: stty %s)"::formatted).orElse(""));
        }
        return Child.run(List.of("virsh", "--connect", access.uri(), "console", access.domain(), "--force"));
    }
}
