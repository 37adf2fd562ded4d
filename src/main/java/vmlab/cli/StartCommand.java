package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.power.Start;

/** {@code lab start}. */
@Command(
        name = "start",
        description = {
            "Start a stopped or paused lab, and wait until it is Ready.",
            "It comes back as it was; lab up also brings it in line with its cluster.yaml."
        },
        footer = {"", "Examples:", "  lab start single"})
final class StartCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Override
    public Integer call() throws InterruptedException {
        return NamedLab.perform(target.name(), Start::new);
    }
}
