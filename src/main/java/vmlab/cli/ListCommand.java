package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.observe.ListedLab;
import vmlab.plan.LabFolder;
import vmlab.snapshot.Forks;

/** {@code lab list}. */
@Command(
        name = "list",
        aliases = "ls",
        description = "List labs: running, stopped, and those with a folder only.",
        footer = {"", "Examples:", "  lab list", "  lab list -o json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Surroundings here = Surroundings.ofThisProcess();
        List<ListedLab> rows = new ArrayList<>(ListedLab.all(here.inventory(), here.home(), here.uri()));
        Forks forks = new Forks(here.home());
        forks.names().forEach(fork -> rows.add(ListedLab.fork(fork, LabFolder.of(forks.home(fork), fork))));
        if (output.isJson()) {
            output.json(rows);
        } else if (rows.isEmpty()) {
            output.line("no labs");
        } else {
            Table table = new Table("LAB", "NETWORK", "NODES", "RUNNING", "STATE");
            rows.forEach(row -> table.row(row.lab(), row.network(), row.nodes(), row.running(), row.state()));
            output.text(table.toString());
        }
        return 0;
    }
}
