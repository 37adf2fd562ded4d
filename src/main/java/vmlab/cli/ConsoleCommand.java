package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lab console}. */
@Command(name = "console", description = "The serial console of a node; Ctrl-] leaves it.")
final class ConsoleCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private NodeChoice node;

    @Override
    public Integer call() throws InterruptedException {
        var access = node.of(target.name());
        return Child.run(List.of("virsh", "--connect", access.uri(), "console", access.domain(), "--force"));
    }
}
