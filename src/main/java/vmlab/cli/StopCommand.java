package vmlab.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.power.Stop;

/** {@code lab stop}. */
@Command(
        name = "stop",
        description = "Shut down a lab's nodes; their disks stay.",
        footer = {"", "Examples:", "  lab stop single", "  lab stop single --force"})
final class StopCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "Grace period before power-off, for each node. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--force", description = "Force power-off after the grace period.")
    private boolean force;

    @Override
    public Integer call() throws InterruptedException {
        return NamedLab.perform(target.name(), site -> new Stop(site, Duration.ofSeconds(limit), force));
    }
}
