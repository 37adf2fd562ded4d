package vmlab.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the evidence of one node says.
 *
 * @param findings the causes that fit, the likeliest first
 * @param lastLines the end of each source that has something, for a reader to go on with
 */
public record Diagnosis(String node, List<Finding> findings, Map<Source, List<String>> lastLines) {

    private static final int LINES = 5;

    /** Holds the evidence against every cause of the table. */
    public static Diagnosis of(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (Cause cause : Causes.ALL) {
            cause.detector()
                    .find(evidence)
                    .map(proof -> new Finding(
                            evidence.node(), cause.id(), cause.what(), proof, cause.cure(), cause.isFinal()))
                    .ifPresent(findings::add);
        }
        Map<Source, List<String>> last = new LinkedHashMap<>();
        for (Source source : Source.values()) {
            List<String> lines = evidence.text(source)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (!lines.isEmpty()) {
                last.put(source, lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
            }
        }
        return new Diagnosis(evidence.node(), List.copyOf(findings), last);
    }

    /** The likeliest cause. */
    public Optional<Finding> first() {
        return findings.stream().findFirst();
    }

    /** The likeliest cause that no waiting heals. */
    public Optional<Finding> certain() {
        return findings.stream().filter(Finding::isFinal).findFirst();
    }
}
