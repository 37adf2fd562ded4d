package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.EvidenceFile;
import vmlab.observe.Diagnose;
import vmlab.observe.DiagnosisText;
import vmlab.plan.LabFolder;
import vmlab.run.EventLog;
import vmlab.run.Events;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Site;

/** {@code lab diagnose}. */
@Command(
        name = "diagnose",
        description = {
            "Why a node does not come up: the cause, the evidence, the cure.",
            "Looks at consoles, events, image, disks, k0s and the API; of a lab that failed and is gone, at what was kept."
        })
final class DiagnoseCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        List<Diagnosis> diagnoses = diagnose(target.name());
        if (output.isJson()) {
            output.json(diagnoses);
        } else {
            output.text(DiagnosisText.of(diagnoses));
        }
        return 0;
    }

    private static List<Diagnosis> diagnose(String lab) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        LabFolder folder = LabFolder.of(here.home(), lab);
        if (!here.everything(lab).of(lab).domains().isEmpty()) {
            Site site = here.siteOf(lab);
            try (var engine = site.engine();
                    Progress progress = Progress.onStderr()) {
                return new Run(Events.toAll(List.of(progress, new EventLog(folder.events()))))
                        .perform(new Diagnose(site), lab);
            }
        }
        List<Diagnosis> kept =
                EvidenceFile.read(folder.evidence()).stream().map(Diagnosis::of).toList();
        if (kept.isEmpty()) {
            throw Access.notUp(lab);
        }
        return kept;
    }
}
