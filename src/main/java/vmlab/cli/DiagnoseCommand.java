package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.EvidenceFile;
import vmlab.kube.ClusterState;
import vmlab.kube.KubeApi;
import vmlab.kube.Kubeconfig;
import vmlab.observe.Diagnose;
import vmlab.observe.DiagnosisText;
import vmlab.plan.LabFolder;
import vmlab.run.Events;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.LabLock;
import vmlab.site.LabLog;
import vmlab.site.Site;

/** {@code lab diagnose}. */
@Command(
        name = "diagnose",
        description = {
            "Find out why a node does not come up: cause, evidence, cure.",
            "Looks at consoles, events, image, disks, k0s and the API; for a lab that failed and is gone, at what was kept."
        },
        footer = {"", "Examples:", "  lab diagnose single"})
final class DiagnoseCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        String lab = target.name();
        List<Diagnosis> diagnoses = diagnose(lab);
        if (output.isJson()) {
            output.json(diagnoses);
            return 0;
        }
        Path home = Surroundings.ofThisProcess().home();
        Optional<String> health =
                diagnoses.stream().allMatch(each -> each.findings().isEmpty())
                        ? health(LabFolder.of(home, lab))
                        : Optional.empty();
        output.text(health.map(state -> "nothing is wrong that lab knows: " + state)
                .orElseGet(() -> DiagnosisText.of(diagnoses)));
        if (LabLock.isHeld(home, lab)) {
            output.line(
                    "another command works on lab %s, so this may pass: lab status %s shows how far it is", lab, lab);
        }
        return 0;
    }

    /** What its API says where all is well. */
    private static Optional<String> health(LabFolder folder) throws InterruptedException {
        if (!Files.exists(folder.ownKubeconfig())) {
            return Optional.empty();
        }
        try (KubeApi api = KubeApi.of(Kubeconfig.read(folder.ownKubeconfig()))) {
            return api.look(Set.of()) instanceof Reading.Ready<ClusterState>(ClusterState state)
                    ? Optional.of(state.toString())
                    : Optional.empty();
        } catch (LabFailure unreadable) {
            return Optional.empty();
        }
    }

    private static List<Diagnosis> diagnose(String lab) throws InterruptedException {
        Surroundings here = Surroundings.ofThisProcess();
        LabFolder folder = LabFolder.of(here.home(), lab);
        if (!here.everything(lab).of(lab).domains().isEmpty()) {
            Site site = here.siteOf(lab);
            try (var engine = site.engine();
                    Progress progress = Progress.onStderr()) {
                return new Run(Events.toAll(List.of(progress, LabLog.of(here.home(), lab))))
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
