package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import vmlab.host.Machine;
import vmlab.plan.FreeCidr;
import vmlab.plan.Plan;
import vmlab.spec.Specs;

/** {@code lab train}: walks through what most commands do, so that the launcher's AOT cache knows their classes. */
@Command(name = "train", hidden = true, description = "Warms up the launcher's AOT cache.")
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Path lab = Surroundings.ofThisProcess().installation().resolve("labs/single.yaml");
        FreeCidr.first(Machine.networks())
                .map(cidr -> Plan.of(Specs.readCluster(lab), cidr))
                .ifPresent(plan -> {
                    try (Progress progress = Progress.onStderr()) {
                        plan.cluster().warnings().forEach(System.err::println);
                    }
                });
        Main.commandLine().execute("--help");
        return Main.commandLine().execute("list");
    }
}
