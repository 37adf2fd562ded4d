package vmlab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.make.BuildImage;
import vmlab.net.Door;
import vmlab.plan.LabFolder;
import vmlab.report.RunArchive;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.up.LabUp;
import vmlab.up.Up;

/** {@code lab up}. */
@Command(
        name = "up",
        description = {
            "Bring up a lab, or bring it in line with its cluster.yaml.",
            "With -o json each event is a line on stdout as it happens; the last line is the result."
        },
        footer = {"", "Examples:", "  lab up", "  lab up labs/two-nodes.yaml --web"})
final class UpCommand implements Callable<Integer> {

    @Mixin
    private ClusterFile file;

    @Mixin
    private EngineOption engine;

    @Mixin
    private Output output;

    @Option(names = "--keep", description = "Leave a lab that failed as it is, to be looked at.")
    private boolean keep;

    @Option(
            names = "--fresh-disks",
            description = "Begin anew where machines are gone and their disks are not: what is on them is lost.")
    private boolean freshDisks;

    @Option(names = "--fresh", description = "Boot, also where a golden lab is there to go on from.")
    private boolean fresh;

    @Option(
            names = "--image",
            paramLabel = "RECIPE",
            description = "Another image recipe than the one in cluster.yaml.")
    private Optional<Path> image = Optional.empty();

    @Option(names = "--web", description = "Say where a page shows the lab coming up; on this machine's loopback only.")
    private boolean web;

    record Result(String event, String lab, boolean changed, String kubeconfig, List<String> nodes) {
        Result(String lab, boolean changed, String kubeconfig, List<String> nodes) {
            this("Result", lab, changed, kubeconfig, nodes);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Cluster cluster = image.map(file.read()::withImage).orElseGet(file::read);
        Surroundings here = Surroundings.ofThisProcess().as(cluster);
        try (Progress progress = Progress.onStderr(new RunArchive(here.home(), cluster.name()))) {
            if (here.imageOnly()) {
                new Run(progress).perform(new BuildImage(here.images(true)), cluster.image());
                if (!cluster.podImages().isEmpty()) {
                    new Run(progress).perform(here.fetchImages(), cluster.podImages());
                }
                return 0;
            }
            LabFolder folder = LabFolder.of(here.home(), cluster.name());
            Site site = here.siteFor(cluster.name());
            Events shown = output.isJson() ? Events.toAll(List.of(progress, output::event)) : progress;
            try (var engine = site.engine();
                    EventsOfOthers others = new EventsOfOthers(folder.events(), shown)) {
                List<Events> listeners = new ArrayList<>(List.of(shown, others, new EventLog(folder.events())));
                if (web) {
                    listeners.add(new WebPage(folder, site.embedded(), Door.socket(site.home()), shown));
                }
                Run run = new Run(Events.toAll(listeners));
                print(new Up(site, here.images(), here.fetchImages(), keep, freshDisks, fresh).run(cluster, run));
            } finally {
                Reports.keep(here.home(), cluster.name());
            }
        }
        return 0;
    }

    private void print(LabUp lab) {
        if (output.isJson()) {
            output.jsonLine(new Result(
                    lab.plan().lab(),
                    lab.changed(),
                    lab.kubeconfig().toString(),
                    lab.plan().nodes().stream()
                            .map(n -> n.name() + " " + n.address().getHostAddress())
                            .toList()));
        } else {
            output.line("lab %s is up%s", lab.plan().lab(), lab.changed() ? "" : "; nothing had to be done");
            output.line("export KUBECONFIG=%s", Output.forShell(lab.kubeconfig()));
        }
    }
}
