package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.power.Power;

/** {@code lab power}. */
@Command(
        name = "power",
        description = {
            "Takes the power from one node, gives it back, lets its machine stand still or go on: lab power LAB NODE off.",
            "At once, and without waiting for what becomes of the cluster; lab start waits until it is Ready."
        })
final class PowerCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Parameters(index = "1", paramLabel = "NODE", description = "Which one.")
    private String node = "";

    @Parameters(index = "2", paramLabel = "ACT", description = "${COMPLETION-CANDIDATES}.")
    private Power.Act act = Power.Act.ON;

    @Override
    public Integer call() throws InterruptedException {
        return StandingLab.perform(target.name(), site -> new Power(site, node, act));
    }
}
