package vmlab.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import vmlab.site.Access;
import vmlab.site.Site;

/** The node that a command is about. */
final class NodeChoice {

    @Option(names = "--node", paramLabel = "NODE", description = "Which node. Default: the first one in cluster.yaml.")
    private Optional<String> node = Optional.empty();

    /** Whether one was named. */
    boolean isNamed() {
        return node.isPresent();
    }

    /** The way to that node of {@code lab}. */
    Access of(String lab) {
        return of(lab, false);
    }

    /** The same where it must answer: that of a lab which is paused is refused. */
    Access ofAwake(String lab) {
        return of(lab, true);
    }

    private Access of(String lab, boolean mustAnswer) {
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        try (var engine = site.engine()) {
            if (mustAnswer) {
                Access.requireAwake(lab, site.inventory(lab));
            }
            return Access.to(site, lab, node);
        }
    }
}
