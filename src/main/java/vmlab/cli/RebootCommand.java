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
        description = "Reboots nodes by their power buttons and waits until the cluster is Ready again.")
final class RebootCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(names = "--node", paramLabel = "NODE", description = "Only this node. Default: all, one after the other.")
    private Optional<String> node = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        return StandingLab.perform(target.name(), site -> new RebootNodes(site, node));
    }
}
