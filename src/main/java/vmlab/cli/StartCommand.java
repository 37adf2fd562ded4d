package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.power.Start;

/** {@code lab start}. */
@Command(
        name = "start",
        description =
                "Switches a stopped lab on as it is and waits until it is Ready; lab up does so too, by cluster.yaml.")
final class StartCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Override
    public Integer call() throws InterruptedException {
        return StandingLab.perform(target.name(), Start::new);
    }
}
