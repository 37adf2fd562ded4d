package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.phase.Access;
import vmlab.phase.Status;
import vmlab.plan.Inventory;

/** {@code lab status}. */
@Command(name = "status", description = "One lab: its nodes, what they run, how far they are.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String lab = target.name();
        Surroundings here = Surroundings.ofThisProcess();
        Inventory found = here.inventory().of(lab);
        if (found.isEmpty()) {
            throw Access.notUp(lab);
        }
        Status status = Status.of(lab, found, here.home());
        if (output.isJson()) {
            output.json(status);
        } else {
            print(status);
        }
        return 0;
    }

    private void print(Status status) {
        output.line("lab      %s", status.lab());
        output.line("network  %s", status.network());
        output.line("image    %s", status.image());
        output.line("phase    %s", status.phase());
        Table table = new Table("NODE", "STATE", "ADDRESS", "CPUS", "MEMORY", "ACCEL", "LAST SAID");
        status.nodes()
                .forEach(n -> table.row(
                        n.name(), n.state(), n.address(), n.cpus(), n.memory(), n.accelerator(), n.lastSaid()));
        output.text(table.toString());
    }
}
