package vmlab.cli;

import java.util.List;
import java.util.function.Function;
import vmlab.run.Events;
import vmlab.run.Phase;
import vmlab.run.Run;
import vmlab.site.LabLog;
import vmlab.site.Site;

/** A lab that libvirt has, up or stopped, to which something is done by its name alone. */
final class NamedLab {

    private NamedLab() {}

    /** Performs it with progress on stderr, and returns the exit status. */
    static int perform(String lab, Function<Site, Phase<String, ?>> phase) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        try (Progress progress = Progress.onStderr();
                var engine = site.engine()) {
            new Run(Events.toAll(List.of(progress, LabLog.of(here.home(), lab)))).perform(phase.apply(site), lab);
        }
        return 0;
    }
}
