package vmlab.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.power.RebootNodes;

/** {@code lab reboot}. */
@Command(
        name = "reboot",
        description = "Reboot nodes, and wait until the cluster is Ready again.",
        footer = {"", "Examples:", "  lab reboot single", "  lab reboot two-nodes --node w1"})
final class RebootCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(names = "--node", paramLabel = "NODE", description = "Only this node. Default: all, one after the other.")
    private Optional<String> node = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        return NamedLab.perform(target.name(), site -> new RebootNodes(site, node));
    }
}
