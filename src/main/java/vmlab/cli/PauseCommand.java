package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.power.Pause;

/** {@code lab pause}. */
@Command(
        name = "pause",
        description =
                "Lets a lab's nodes stand still as they are: they keep their memory and leave the processors to others."
                        + " lab start lets them go on.")
final class PauseCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Override
    public Integer call() throws InterruptedException {
        return StandingLab.perform(target.name(), Pause::new);
    }
}
