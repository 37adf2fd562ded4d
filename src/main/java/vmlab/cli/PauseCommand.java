package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.power.Pause;

/** {@code lab pause}. */
@Command(
        name = "pause",
        description = {
            "Pause all machines of a lab.",
            "They keep their memory and leave the processors to other labs; lab start lets them go on."
        },
        footer = {"", "Examples:", "  lab pause single"})
final class PauseCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Override
    public Integer call() throws InterruptedException {
        return NamedLab.perform(target.name(), Pause::new);
    }
}
