package vmlab.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import vmlab.diagnose.Evidence;
import vmlab.diagnose.Source;
import vmlab.run.Event;
import vmlab.run.EventLog;

/** What was seen of a fault, cut down to what a unit test of the causes can be kept with ({@code src/test/resources/vmlab/diagnose}). */
record Recording(Evidence seen, Verdict verdict) {

    private static final int EVENTS = 25;

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("""
                # proven: made, verdict %s
                # node: %s
                # address: %s
                # machine: %s
                # host: %d %d
                """.formatted(
                        times(),
                        seen.node(),
                        seen.address(),
                        seen.machine(),
                        seen.host().memory() >> 20,
                        seen.host().disk() >> 20));
        for (Source source : Source.values()) {
            String part = part(source);
            if (!part.isBlank()) {
                text.append("== ")
                        .append(source.name())
                        .append('\n')
                        .append(part)
                        .append('\n');
            }
        }
        List<String> events = events();
        if (!events.isEmpty()) {
            text.append("== EVENTS\n").append(String.join("\n", events)).append('\n');
        }
        Files.writeString(file, text);
    }

    private String times() {
        return verdict.afterEvidence() == null
                ? "%.1f s after power-on".formatted(verdict.afterPowerOn())
                : "%.1f s after power-on, %.1f s after its evidence"
                        .formatted(verdict.afterPowerOn(), verdict.afterEvidence());
    }

    private String part(Source source) {
        return switch (source) {
            case CONSOLE -> around(source, 40, 8);
            case NODE, JOIN, CLUSTER, ENGINE, IMAGE, SSH, WAY_OUT ->
                seen.text(source).replaceAll(" from /\\S*", "").strip();
            case QEMU, BOOT -> seen.text(source).contains(verdict.evidence()) ? around(source, 2, 2) : "";
            case K0S, PROVISION -> around(source, 4, 4);
        };
    }

    /** The lines around the proof, or the last ones where it is somewhere else. */
    private String around(Source source, int before, int after) {
        List<String> lines =
                seen.text(source).lines().map(String::stripTrailing).toList();
        int at = lines.size() - 1;
        for (int i = at; i >= 0 && !verdict.evidence().isEmpty(); i--) {
            if (lines.get(i).contains(verdict.evidence())) {
                at = i;
                break;
            }
        }
        return lines.subList(Math.max(0, at - before), Math.min(lines.size(), at + after + 1)).stream()
                .filter(line -> !line.startsWith("== "))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private List<String> events() {
        List<String> told = seen.events().stream()
                .filter(event -> switch (event) {
                    case Event.Milestone _, Event.Served _, Event.Leased _, Event.Lifecycle _, Event.ClockRead _ ->
                        true;
                    default -> false;
                })
                .map(EventLog::line)
                .toList();
        return told.subList(Math.max(0, told.size() - EVENTS), told.size());
    }
}
