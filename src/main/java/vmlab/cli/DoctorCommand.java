package vmlab.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.observe.Doctor;
import vmlab.site.WayOut;

/** {@code lab doctor}. */
@Command(
        name = "doctor",
        description = "Check this machine for what labs need, and show which accelerator they get.",
        footer = {"", "Examples:", "  lab doctor"})
final class DoctorCommand implements Callable<Integer> {

    private static final int MACHINE = 3;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        List<Doctor.Finding> findings = Doctor.examine(
                here.place(),
                Optional.of(WayOut.of(here.home())).filter(it -> here.embedded()),
                here.home(),
                here.calibration());
        if (output.isJson()) {
            output.json(findings);
        } else {
            for (Doctor.Finding finding : findings) {
                output.line("%s %-18s %s", finding.well() ? "✔" : "✘", finding.subject(), finding.evidence());
                if (!finding.well()) {
                    output.line("  next: %s", finding.next());
                }
            }
        }
        return findings.stream().allMatch(Doctor.Finding::well) ? 0 : MACHINE;
    }
}
