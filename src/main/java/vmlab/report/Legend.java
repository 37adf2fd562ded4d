package vmlab.report;

import static vmlab.report.Scale.number;

import java.util.ArrayList;
import java.util.List;

/** Says below the chart what its colours mean: one entry after the other. */
final class Legend {

    private final List<GanttView.Legend> entries = new ArrayList<>();
    private final double left;
    private final double y;

    private Legend(double left, double y) {
        this.left = left;
        this.y = y;
    }

    /** The entries for what is drawn of {@code run}, from {@code left} on; {@code ghosts}: with the run before. */
    static List<GanttView.Legend> of(LabRun run, boolean ghosts, double left, double y) {
        Legend legend = new Legend(left, y);
        for (Stage stage : Stage.values()) {
            boolean isExpected = stage != Stage.PROVISION && stage != Stage.RESTORE && !shows(run, Stage.RESTORE);
            if (isExpected || shows(run, stage)) {
                legend.add(Bars.kind(stage), 11, 11, stage.title(), stage.meaning());
            }
        }
        legend.add("path", 18, 3, "slowest path", "what decided how long it took");
        if (ghosts) {
            legend.add("ghost", 18, 5, "the run before", "the thin bars");
        }
        return legend.entries;
    }

    private static boolean shows(LabRun run, Stage stage) {
        return run.nodes().stream().flatMap(node -> node.spans().stream()).anyMatch(span -> span.stage() == stage);
    }

    /** The next entry, to the right of those there are. */
    private void add(String kind, int width, int height, String title, String meaning) {
        double x = left;
        if (!entries.isEmpty()) {
            GanttView.Legend last = entries.getLast();
            x = Double.parseDouble(last.textX()) + last.title().length() * Bars.CHARACTER + 16;
        }
        entries.add(new GanttView.Legend(
                kind,
                number(x),
                number(y - 4 - height / 2.0),
                number(width),
                number(height),
                number(x + width + 6),
                title,
                meaning));
    }
}
