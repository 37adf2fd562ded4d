package vmlab.observe;

import java.util.List;
import java.util.stream.Collectors;
import vmlab.diagnose.Diagnosis;

/** Diagnoses for people. */
public final class DiagnosisText {

    private DiagnosisText() {}

    /** Each node's causes with evidence and cure; where none is known, the last lines of each source. */
    public static String of(List<Diagnosis> diagnoses) {
        return diagnoses.stream().map(DiagnosisText::of).collect(Collectors.joining("\n"));
    }

    private static String of(Diagnosis diagnosis) {
        return diagnosis.findings().isEmpty()
                ? diagnosis.node() + ": no known cause; the last lines of each source:\n" + lastLines(diagnosis)
                : diagnosis.findings().stream()
                        .map(found -> "%s: %s (%s)\n  evidence: %s\n  cure:     %s"
                                .formatted(found.node(), found.what(), found.cause(), found.evidence(), found.cure()))
                        .collect(Collectors.joining("\n"));
    }

    /** The end of each source that has something. */
    static String lastLines(Diagnosis diagnosis) {
        return diagnosis.lastLines().entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ":\n    " + String.join("\n    ", entry.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
