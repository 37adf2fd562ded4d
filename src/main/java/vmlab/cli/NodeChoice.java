package vmlab.cli;

import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import vmlab.plan.Inventory;
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
        return of(lab, false, found -> node);
    }

    /** The same where it must answer: that of a lab which is paused is refused. */
    Access ofAwake(String lab) {
        return of(lab, true, found -> node);
    }

    /** The same, to the node that {@code otherwise} tells where the option names none. */
    Access ofAwake(String lab, Function<Inventory, Optional<String>> otherwise) {
        return of(lab, true, found -> node.or(() -> otherwise.apply(found)));
    }

    private static Access of(String lab, boolean mustAnswer, Function<Inventory, Optional<String>> chosen) {
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        try (var engine = site.engine()) {
            Inventory found = site.inventory(lab);
            if (mustAnswer) {
                Access.requireAwake(lab, found);
            }
            return Access.to(site, lab, chosen.apply(found));
        }
    }
}
