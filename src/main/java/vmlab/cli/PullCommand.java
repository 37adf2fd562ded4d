package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.change.Pull;
import vmlab.plan.Inventory;
import vmlab.run.LabFailure;
import vmlab.site.Access;
import vmlab.site.Site;

/** {@code lab pull}. */
@Command(
        name = "pull",
        description = "Make nodes fetch and run their provisioning repository now.",
        footer = {"", "Examples:", "  lab pull provisioned cp", "  lab pull provisioned --all"})
final class PullCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    private final Output output = new Output();

    @Parameters(index = "1..*", paramLabel = "NODE", description = "Which nodes. Default: the only one.")
    private List<String> nodes = List.of();

    @Option(names = "--all", description = "All nodes.")
    private boolean all;

    @Override
    public Integer call() throws InterruptedException {
        nodes = target.words(nodes, Target::isNodeHere);
        String lab = target.name();
        if (all && !nodes.isEmpty()) {
            throw badChoice("--all and nodes were both named");
        }
        Surroundings here = Surroundings.ofThisProcess();
        List<Access> accesses = new ArrayList<>();
        Site site = here.siteOf(lab);
        try (var engine = site.engine()) {
            Inventory found = site.inventory(lab);
            if (found.isEmpty()) {
                throw Access.notUp(lab);
            }
            List<String> there =
                    found.domains().stream().map(d -> d.mark().node()).toList();
            if (!all && nodes.isEmpty() && there.size() > 1) {
                throw badChoice("no node was named");
            }
            List<String> chosen = nodes.isEmpty() ? there : nodes;
            for (String node : chosen) {
                accesses.add(Access.to(site, lab, Optional.of(node)));
                Access.requireOn(lab, found, node);
            }
            new Pull(site).refresh(lab, target.clusterIfFile()).ifPresent(commit -> output.line("git at %s", commit));
            return pull(accesses);
        }
    }

    private static LabFailure badChoice(String what) {
        return LabFailure.input(what, "lab pull runs a script on each", "name nodes, or say --all");
    }

    private int pull(List<Access> accesses) throws InterruptedException {
        int worst = 0;
        for (Access access : accesses) {
            List<String> command = new ArrayList<>(access.sshCommand());
            command.add(Pull.COMMAND);
            int exit = Child.run(command);
            output.line("%s: exit %d", access.node(), exit);
            worst = Math.max(worst, exit);
        }
        return worst == 0 ? 0 : 1;
    }
}
