package vmlab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.make.CheckLab;
import vmlab.plan.Action;
import vmlab.run.LabFailure;
import vmlab.spec.Cluster;
import vmlab.up.Preview;

/** {@code lab plan}. */
@Command(
        name = "plan",
        description = "Show what up would change, and why. Changes nothing.",
        footer = {
            "",
            "Examples:",
            "  lab plan labs/two-nodes.yaml",
            "",
            "Exit: 0 nothing to do · 4 there is something to do · 2 cluster.yaml asks for what can't be done."
        })
final class PlanCommand implements Callable<Integer> {

    /** There are changes; none of the other commands' statuses. */
    static final int CHANGES = 4;

    @Mixin
    private ClusterFile file;

    @Mixin
    private EngineOption engine;

    @Mixin
    private Output output;

    @Option(
            names = "--image",
            paramLabel = "RECIPE",
            description = "Another image recipe than the one in cluster.yaml.")
    private Optional<Path> image = Optional.empty();

    /** One action as JSON; {@code action} is {@code AddNode}, {@code RestartNode} and so on. */
    record Step(String action, String node, String text, Action details) {
        static Step of(Action action) {
            return new Step(action.getClass().getSimpleName(), action.node(), action.text(), action);
        }
    }

    record Result(String lab, boolean changes, boolean refused, List<Step> actions) {}

    @Override
    public Integer call() throws InterruptedException {
        Cluster cluster = image.map(file.read()::withImage).orElseGet(file::read);
        Surroundings here = Surroundings.ofThisProcess().as(cluster);
        cluster.warnings().forEach(warning -> System.err.println("warning: " + warning));
        List<Action> actions = new Preview(
                        new CheckLab(here.home(), here.at(cluster.name()).uri(), here.embedded(), false),
                        here.images(false),
                        here.fetchImages())
                .of(cluster, here.everything(cluster.name()));
        boolean refused = actions.stream().anyMatch(Action.Refused.class::isInstance);
        if (output.isJson()) {
            output.json(new Result(
                    cluster.name(),
                    !actions.isEmpty(),
                    refused,
                    actions.stream().map(Step::of).toList()));
        } else {
            print(cluster.name(), actions);
        }
        if (refused) {
            return LabFailure.Kind.INPUT.exitCode();
        }
        return actions.isEmpty() ? 0 : CHANGES;
    }

    private void print(String lab, List<Action> actions) {
        if (actions.isEmpty()) {
            output.line("lab %s is as cluster.yaml says: nothing to do", lab);
            return;
        }
        Table table = new Table("NODE", "ACTION");
        actions.forEach(action -> table.row(action.node().isEmpty() ? "-" : action.node(), action.text()));
        output.text(table.toString());
    }
}
