package vmlab.observe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.diagnose.Diagnosis;
import vmlab.diagnose.Finding;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.site.Site;

/** A failed wait told with its cause: what the evidence of the nodes says, held against the table of causes. */
public record Explained(Site site) {

    /** The failure with cause, evidence and cure where one is found; otherwise with the last lines of each source. */
    public LabFailure of(LabFailure failure, String lab, Run run) throws InterruptedException {
        if (failure.kind() != LabFailure.Kind.LAB
                || failure.isAsItIs()
                || site.inventory(lab).domains().isEmpty()) {
            return failure;
        }
        List<Diagnosis> diagnoses = run.perform(new Diagnose(site), lab);
        List<Diagnosis> about = diagnoses.stream()
                .filter(d -> failure.node().isEmpty() || failure.node().get().equals(d.node()))
                .toList();
        Optional<Finding> cause = first(about.stream().map(Diagnosis::certain))
                .or(() -> first(about.stream().map(Diagnosis::first)))
                .or(() -> first(diagnoses.stream().map(Diagnosis::certain)));
        return cause.map(found -> because(failure, found)).orElseGet(() -> unknown(failure, about));
    }

    private static LabFailure because(LabFailure failure, Finding found) {
        return failure.why().contains(found.evidence())
                ? failure
                : LabFailure.lab(
                                failure.what(),
                                "%s\n%s: %s: %s".formatted(failure.why(), found.node(), found.what(), found.evidence()),
                                found.cure())
                        .on(failure.node().orElse(found.node()))
                        .causedBy(failure);
    }

    private static LabFailure unknown(LabFailure failure, List<Diagnosis> about) {
        String last = about.stream().map(DiagnosisText::lastLines).collect(Collectors.joining("\n"));
        LabFailure told = LabFailure.lab(failure.what(), failure.why() + "\n" + last, failure.next())
                .causedBy(failure);
        return failure.node().map(told::on).orElse(told);
    }

    private static Optional<Finding> first(Stream<Optional<Finding>> findings) {
        return findings.flatMap(Optional::stream).findFirst();
    }
}
