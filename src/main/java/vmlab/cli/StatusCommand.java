package vmlab.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.observe.Status;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Identity;
import vmlab.site.LabState;

/** {@code lab status}. */
@Command(
        name = "status",
        description = "Show a lab's nodes and their state.",
        footer = {"", "Examples:", "  lab status single", "  lab status single --watch"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Option(
            names = {"-w", "--watch"},
            description = "Show it again whenever it changes, until interrupted or the lab is gone.")
    private boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        Status first = look(lab);
        show(first);
        if (watch) {
            Status[] shown = {first};
            new Run(event -> {}).await("", "a change", Duration.ofDays(3650)).<Integer>until(() -> {
                Status now = look(lab);
                if (!now.equals(shown[0])) {
                    shown[0] = now;
                    show(now);
                }
                return new Reading.NotYet<>("watched");
            });
        }
        return 0;
    }

    private static Status look(String lab) {
        Surroundings here = Surroundings.ofThisProcess();
        Inventory found = here.everything(lab).of(lab);
        Optional<Identity> identity = Identity.read(LabFolder.of(here.home(), lab));
        if (found.isEmpty() && identity.isEmpty()) {
            throw Access.notUp(lab);
        }
        return Status.of(
                lab, LabState.of(identity, found, here.home(), here.at(lab).uri()), found, here.home());
    }

    private void show(Status status) {
        if (output.isJson()) {
            output.json(status);
        } else {
            print(status);
        }
    }

    private void print(Status status) {
        output.line("lab      %s", status.lab());
        output.line("state    %s", status.state());
        output.line("network  %s", status.network());
        output.line("image    %s", status.image());
        output.line("phase    %s", status.phase());
        if (!status.missingImages().isEmpty()) {
            output.line(
                    "missing  %s: lab images pull fetches them, lab load brings them",
                    String.join(", ", status.missingImages()));
        }
        Table table = new Table(
                "NODE", "STATE", "ADDRESS", "CPUS", "MEMORY", "ACCEL", "IMAGE", "K0S", "KUBERNETES", "LAST SAID");
        status.nodes()
                .forEach(n -> table.row(
                        n.name(),
                        n.state(),
                        n.address(),
                        n.cpus(),
                        n.memory(),
                        n.accelerator(),
                        n.image(),
                        n.k0s(),
                        n.kubernetes(),
                        n.lastSaid()));
        output.text(table.toString());
    }
}
