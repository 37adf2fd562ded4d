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
            "Cut, restore or pause the power of one node.",
            "At once, and without waiting for the cluster; lab start waits until it is Ready."
        },
        footer = {"", "Examples:", "  lab power single cp off", "  lab power single cp on"})
final class PowerCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Parameters(index = "1", paramLabel = "NODE", description = "Which one.")
    private String node = "";

    @Parameters(index = "2", paramLabel = "ACT", description = "off, on, pause or resume.")
    private Power.Act act = Power.Act.ON;

    @Override
    public Integer call() throws InterruptedException {
        return NamedLab.perform(target.name(), site -> new Power(site, node, act));
    }
}
