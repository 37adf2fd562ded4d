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

    /** Does something at a node; returns an exit status. */
    @FunctionalInterface
    interface Use {
        int with(Access access) throws InterruptedException;
    }

    /** Lets {@code use} have the way to that node of {@code lab}, which stands as long. */
    int of(String lab, Use use) throws InterruptedException {
        return of(lab, false, found -> node, use);
    }

    /** The same where it must answer, so that a lab which is paused is refused; {@code otherwise} tells the node where the option names none. */
    int ofAwake(String lab, Function<Inventory, Optional<String>> otherwise, Use use) throws InterruptedException {
        return of(lab, true, found -> node.or(() -> otherwise.apply(found)), use);
    }

    private static int of(String lab, boolean mustAnswer, Function<Inventory, Optional<String>> chosen, Use use)
            throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        Site site = here.siteOf(lab);
        try (var engine = site.engine()) {
            Inventory found = site.inventory(lab);
            if (mustAnswer) {
                Access.requireAwake(lab, found);
            }
            Access access = Access.to(site, lab, chosen.apply(found));
            if (mustAnswer) {
                Access.requireOn(lab, found, access.node());
            }
            return use.with(access);
        }
    }
}
