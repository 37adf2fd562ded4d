package vmlab.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.power.Power;
import vmlab.run.LabFailure;

/** {@code lab power}. */
@Command(
        name = "power",
        description = {
            "Cut, restore or pause the power of one node.",
            "At once, and without waiting for the cluster; lab start waits until it is Ready."
        },
        footer = {
            "",
            "Examples:",
            "  lab power single cp off",
            "  lab power cp on              in the folder of the lab's cluster.yaml"
        })
final class PowerCommand implements Callable<Integer> {

    @Parameters(
            arity = "2..3",
            paramLabel = "[LAB] NODE ACT",
            hideParamSyntax = true,
            description = "The lab, by default the one of ./cluster.yaml; which node; off, on, pause or resume.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Power.Act act = act(words.getLast());
        String node = words.get(words.size() - 2);
        String lab = Target.of(words.size() == 2 ? ClusterFile.USUAL : words.getFirst())
                .name();
        return NamedLab.perform(lab, site -> new Power(site, node, act));
    }

    private static Power.Act act(String text) {
        return Arrays.stream(Power.Act.values())
                .filter(act -> act.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> LabFailure.input(
                        "unknown action " + text,
                        "a node's power can be turned off or on, and the node paused or resumed",
                        "use off, on, pause or resume"));
    }
}
