package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.power.Down;
import vmlab.run.Run;
import vmlab.site.Site;

/** {@code lab down}. */
@Command(
        name = "down",
        description = {
            "Take down a lab: machines, network, boot server and files.",
            "Its golden labs stay, for the next up: lab golden list shows them, lab golden rm removes them."
        },
        footer = {"", "Examples:", "  lab down single"})
final class DownCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        Surroundings here = Surroundings.ofThisProcess().at(lab);
        Reports.keep(here.home(), lab);
        try (Progress progress = Progress.onStderr()) {
            Run run = new Run(progress);
            if (here.connect().isEmpty()) {
                Down.removeFiles(here.home(), lab, run);
                return 0;
            }
            Site site = here.siteFor(lab);
            try (var engine = site.engine()) {
                new Down(site).run(lab, run);
            }
        }
        return 0;
    }
}
