package vmlab.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vmlab.report.CriticalPath;
import vmlab.report.LabRun;
import vmlab.report.Moment;
import vmlab.report.NodeRun;
import vmlab.report.PathStep;
import vmlab.report.PhaseSpan;
import vmlab.report.Span;
import vmlab.report.Texts;

/** A run as a table for the terminal: phases and stages in the order in which they began, the slowest path marked. */
final class ReportTable {

    private record Line(Duration at, Duration took, String where, String what, String text) {}

    private ReportTable() {}

    static String of(LabRun run) {
        List<PathStep> path = CriticalPath.of(run);
        List<Line> lines = new ArrayList<>();
        for (PhaseSpan phase : run.phases()) {
            lines.add(new Line(phase.from(), phase.took(), "", phase.phase(), phase.result()));
        }
        for (NodeRun node : run.nodes()) {
            for (Span span : node.spans()) {
                lines.add(new Line(
                        span.from(),
                        span.took(),
                        node.name(),
                        span.stage().title(),
                        span.open() ? "not done" : lastSaid(node, span)));
            }
        }
        Table table = new Table("AT", "TOOK", "NODE", "WHAT", "SLOWEST", "RESULT");
        lines.stream()
                .sorted(Comparator.comparing(Line::at))
                .forEach(line -> table.row(
                        Texts.seconds(line.at()),
                        Texts.seconds(line.took()),
                        line.where(),
                        line.what(),
                        isOn(path, line) ? "*" : "",
                        line.text()));
        return table.toString();
    }

    private static boolean isOn(List<PathStep> path, Line line) {
        return path.stream()
                .anyMatch(
                        step -> step.node().equals(line.where()) && step.what().equals(line.what()));
    }

    /** What the node said in this stage. */
    private static String lastSaid(NodeRun node, Span span) {
        return node.moments().stream()
                .filter(moment ->
                        moment.at().compareTo(span.from()) >= 0 && moment.at().compareTo(span.to()) <= 0)
                .filter(moment -> !moment.what().equals("waits"))
                .map(Moment::line)
                .distinct()
                .reduce((all, next) -> all + ", " + next)
                .orElse("");
    }
}
