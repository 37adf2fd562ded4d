package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.plan.Inventory;

/** {@code lab list}. */
@Command(name = "list", aliases = "ls", description = "The labs that libvirt has, with their nodes.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    private record Row(String lab, String network, int nodes, int running) {}

    @Override
    public Integer call() {
        Inventory inventory = Surroundings.ofThisProcess().inventory();
        var rows = inventory.labs().stream()
                .map(lab -> row(lab, inventory.of(lab)))
                .toList();
        if (output.isJson()) {
            output.json(rows);
        } else if (rows.isEmpty()) {
            output.line("no labs");
        } else {
            Table table = new Table("LAB", "NETWORK", "NODES", "RUNNING");
            rows.forEach(row -> table.row(row.lab, row.network, row.nodes, row.running));
            output.text(table.toString());
        }
        return 0;
    }

    private static Row row(String lab, Inventory found) {
        return new Row(
                lab,
                found.network().map(n -> n.cidr().toString()).orElse(""),
                found.domains().size(),
                (int) found.domains().stream()
                        .filter(Inventory.DomainFound::running)
                        .count());
    }
}
