package vmlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.change.Upgrade;
import vmlab.make.BuildImage;
import vmlab.run.Run;
import vmlab.spec.Timeouts;

/** {@code lab upgrade}. */
@Command(
        name = "upgrade",
        description = "Boot nodes from another image, one after the other; /var stays.",
        footer = {
            "",
            "Examples:",
            "  lab upgrade cluster.yaml --image images/next.yaml",
            "  lab upgrade cluster.yaml w1 --image images/next.yaml",
            "",
            "Each node is drained, shut down, booted and awaited until it is Ready. One that does not come up goes back to the image"
                    + " that it had, and the command ends with 1. lab up leaves an upgraded node its image until cluster.yaml"
                    + " asks for another one than it does now."
        })
final class UpgradeCommand implements Callable<Integer> {

    @Mixin
    private ClusterFile file;

    @Mixin
    private Output output;

    @Option(names = "--image", paramLabel = "RECIPE", required = true, description = "The image recipe to boot.")
    private Path image = Path.of("");

    @Option(
            names = "--boot-timeout",
            paramLabel = "TIME",
            description =
                    "How long a node may take until its sshd listens, like 90s. Default: timeouts.boot in cluster.yaml.")
    private Optional<String> bootTimeout = Optional.empty();

    @Parameters(index = "1..*", paramLabel = "NODE", description = "Which nodes. Default: all.")
    private List<String> nodes = new ArrayList<>();

    record Result(String lab, List<String> changed) {}

    @Override
    public Integer call() throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        var cluster = file.read();
        Timeouts own = cluster.timeouts();
        Timeouts patience = new Timeouts(bootTimeout.map(Timeouts::parse).or(own::boot), own.ready(), own.drain());
        try (Progress progress = Progress.onStderr()) {
            if (here.imageOnly()) {
                new Run(progress).perform(new BuildImage(here.images(true)), image);
                return 0;
            }
            var site = here.siteOf(cluster.name());
            try (var engine = site.engine()) {
                Run run = here.run(cluster.name(), progress);
                List<String> changed = new Upgrade(site, here.images(), patience).to(image, cluster, nodes, run);
                print(cluster.name(), changed, output);
            }
        }
        return 0;
    }

    /** What upgrade and rollback say in the end. */
    static void print(String lab, List<String> changed, Output output) {
        if (output.isJson()) {
            output.json(new Result(lab, changed));
        } else {
            output.line(
                    changed.isEmpty() ? "lab %s: nothing to do" : "lab %s: %s run another image",
                    lab,
                    String.join(", ", changed));
        }
    }
}
