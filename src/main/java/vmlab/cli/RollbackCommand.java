package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.change.Upgrade;

/** {@code lab rollback}. */
@Command(
        name = "rollback",
        description = "Boot nodes from the image that they had before, one after the other.",
        footer = {"", "Examples:", "  lab rollback cluster.yaml w1"})
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private ClusterFile file;

    @Mixin
    private Output output;

    @Parameters(index = "1..*", paramLabel = "NODE", description = "Which nodes. Default: all that had another image.")
    private List<String> nodes = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        var cluster = file.read();
        var site = here.siteOf(cluster.name());
        try (Progress progress = Progress.onStderr();
                var engine = site.engine()) {
            List<String> changed = new Upgrade(site, here.images(), cluster.timeouts())
                    .back(cluster, nodes, here.run(cluster.name(), progress));
            UpgradeCommand.print(cluster.name(), changed, output);
        }
        return 0;
    }
}
