package vmlab.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.engine.Requirement;
import vmlab.observe.Doctor;
import vmlab.site.WayOut;
import vmlab.spec.Shipped;

/** {@code lab doctor}. */
@Command(
        name = "doctor",
        description = "Check this machine, or a cluster with KubeVirt, for what labs need.",
        footer = {
            "",
            "Examples:",
            "  lab doctor",
            "  lab doctor --engine kubevirt --context staging",
            "  lab doctor --engine kubevirt --role | kubectl apply -f -"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final int MACHINE = 3;

    @Mixin
    private EngineChoice engine;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        if (engine.asksForRole()) {
            output.text(Engines.clusterRole().stripTrailing());
            return 0;
        }
        return show(engine.isKubevirt() ? engine.examine() : ofThisMachine());
    }

    private static List<Requirement> ofThisMachine() throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        return Doctor.examine(
                here.place(),
                Optional.of(WayOut.of(here.home())).filter(it -> here.embedded()),
                here.home(),
                here.calibration());
    }

    private int show(List<Requirement> findings) {
        if (output.isJson()) {
            output.json(findings);
        } else {
            for (Requirement finding : findings) {
                output.line("%s %-18s %s", finding.well() ? "✔" : "✘", finding.subject(), finding.evidence());
                if (!finding.well()) {
                    output.line("  next: %s", Shipped.fromHere(finding.next()));
                }
            }
        }
        return findings.stream().allMatch(Requirement::well) ? 0 : MACHINE;
    }
}
