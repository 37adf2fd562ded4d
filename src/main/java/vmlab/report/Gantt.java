package vmlab.report;

import static vmlab.report.Scale.number;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays the chart out: a row for the command, a row for each node, the previous run's bars beneath, the slowest path along them. */
final class Gantt {

    private static final int WIDTH = 1180;
    private static final int PLOT_LEFT = 150;
    private static final int PLOT_RIGHT = 1060;
    private static final int TOP = 30;
    private static final int LEGEND = 40;
    private static final int BAR_TOP = 8;
    private static final double CHARACTER = 6.3;
    private static final int EVIDENCE_LINES = 9;

    private final LabRun run;
    private final Optional<LabRun> before;
    private final Scale scale;
    private final Map<String, Double> baselines = new HashMap<>();
    private final List<PathStep> path;

    Gantt(LabRun run, Optional<LabRun> before) {
        this.run = run;
        this.before = before;
        this.scale = new Scale(length(run, before), PLOT_LEFT, PLOT_RIGHT);
        this.path = CriticalPath.of(run);
    }

    /** Room for the previous run too, unless it was so much slower that this one would shrink to nothing. */
    private static Duration length(LabRun run, Optional<LabRun> before) {
        Duration most = run.state() == State.RUNNING
                ? run.took().plusMinutes(10)
                : run.took().multipliedBy(3).dividedBy(2);
        Duration other = before.map(LabRun::took).orElse(Duration.ZERO);
        Duration length = other.compareTo(most) > 0 ? most : other;
        return length.compareTo(run.took()) > 0 ? length : run.took();
    }

    GanttView view() {
        RowHeights heights = RowHeights.of(run.nodes().size());
        List<GanttView.Row> rows = new ArrayList<>();
        double y = TOP;
        rows.add(phases(y));
        y += RowHeights.PHASES.row();
        for (NodeRun node : run.nodes()) {
            rows.add(node(node, y, heights, rows.size() % 2 == 1));
            y += heights.row();
        }
        return new GanttView(
                "Lab " + run.lab() + " from power-on to Ready, " + run.nodes().size() + " nodes",
                WIDTH,
                (int) y + LEGEND,
                (int) y,
                PLOT_LEFT - 14,
                PLOT_RIGHT + 14,
                scale.ticks(),
                rows,
                line(),
                legend(y + 26),
                number(y + 26),
                before.isPresent() && heights.ghost() > 0);
    }

    private GanttView.Row phases(double y) {
        double top = y + BAR_TOP;
        baselines.put("", top + RowHeights.PHASES.bar() + 3);
        List<GanttView.Bar> bars = run.phases().stream()
                .map(phase -> bar(
                        "phase",
                        phase.from(),
                        phase.to(),
                        top,
                        RowHeights.PHASES,
                        phase.phase(),
                        phase.phase() + " · " + Texts.seconds(phase.took()) + "\n" + phase.result(),
                        phase.state()))
                .toList();
        return new GanttView.Row(
                number(y),
                number(top + 15),
                "lab up",
                "",
                "",
                number(y),
                number(RowHeights.PHASES.row()),
                false,
                bars,
                List.of(),
                List.of(),
                Texts.seconds(run.took()),
                difference(
                        Optional.of(run.took()),
                        before.filter(b -> b.state() == State.DONE).map(LabRun::took)));
    }

    private GanttView.Row node(NodeRun node, double y, RowHeights heights, boolean striped) {
        double top = y + (heights.texts() ? BAR_TOP : 3);
        baselines.put(node.name(), top + heights.bar() + (heights.texts() ? 3 : 1.5));
        Optional<NodeRun> earlier = before.flatMap(b -> b.node(node.name()));
        List<GanttView.Bar> bars = node.spans().stream()
                .map(span -> bar(node, span, earlier, top, heights))
                .toList();
        List<GanttView.Bar> ghosts = earlier.filter(e -> heights.ghost() > 0).stream()
                .flatMap(e -> e.spans().stream())
                .filter(span -> span.stage() != Stage.PROVISION)
                .map(span -> ghost(span, top + heights.bar() + 7, heights))
                .toList();
        return new GanttView.Row(
                number(y),
                number(heights.texts() ? top + 11 : top + heights.bar() - 2),
                node.name(),
                number(top + 25),
                heights.texts() ? node.role() + " · " + node.boot() : "",
                number(y),
                number(heights.row()),
                striped,
                bars,
                ghosts,
                marks(node, top, heights),
                node.ready().map(at -> Texts.seconds(at)).orElse(node.spans().isEmpty() ? "was up" : "not Ready"),
                heights.texts() ? difference(node.ready(), earlier.flatMap(NodeRun::ready)) : "");
    }

    private GanttView.Bar bar(NodeRun node, Span span, Optional<NodeRun> earlier, double top, RowHeights heights) {
        String was = earlier.map(e -> e.in(span.stage()))
                .filter(took -> !took.isZero())
                .map(took -> "\nthe run before: " + Texts.seconds(took))
                .orElse("");
        String tip = "%s: %s · %s%s%s\n%s%s"
                .formatted(
                        node.name(),
                        span.stage().title(),
                        Texts.seconds(span.took()),
                        span.open() ? " so far" : "",
                        was,
                        span.stage().meaning(),
                        evidence(span.evidence()));
        boolean failed = span.open() && run.state() != State.RUNNING && run.state() != State.DONE;
        State state = failed ? State.FAILED : span.open() ? State.RUNNING : State.DONE;
        if (span.stage() == Stage.PROVISION) {
            // It runs beside the others: a thin bar upon theirs.
            return bar("provision", span.from(), span.to(), top - 4, new RowHeights(0, 5, 0, false), "", tip, state);
        }
        return bar(
                kind(span.stage()),
                span.from(),
                span.to(),
                top,
                heights,
                span.stage().title(),
                tip,
                state);
    }

    private static String evidence(List<String> lines) {
        List<String> last = lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size());
        return last.stream()
                .map(line -> "\n" + (line.length() > 110 ? line.substring(0, 109) + "…" : line))
                .collect(Collectors.joining());
    }

    private GanttView.Bar ghost(Span span, double top, RowHeights heights) {
        return bar(
                kind(span.stage()),
                span.from(),
                span.to(),
                top,
                new RowHeights(0, heights.ghost(), 0, false),
                "",
                "the run before: " + span.stage().title() + " · " + Texts.seconds(span.took()),
                State.DONE);
    }

    private GanttView.Bar bar(
            String kind,
            Duration from,
            Duration to,
            double top,
            RowHeights heights,
            String name,
            String tip,
            State state) {
        double left = scale.x(from);
        double width = Math.max(0.8, scale.x(to) - left - 0.8);
        String longer = name + " " + Texts.seconds(to.minus(from));
        String text = !heights.texts() ? "" : fits(longer, width) ? longer : fits(name, width) ? name : "";
        return new GanttView.Bar(
                kind,
                number(left),
                number(top),
                number(width),
                number(heights.bar()),
                number(left + 6),
                number(top + heights.bar() / 2.0 + 4),
                text,
                tip,
                state == State.RUNNING,
                state == State.FAILED || state == State.CUT_OFF);
    }

    private static boolean fits(String text, double width) {
        return text.length() * CHARACTER + 11 <= width;
    }

    private List<GanttView.Mark> marks(NodeRun node, double top, RowHeights heights) {
        List<GanttView.Mark> marks = new ArrayList<>();
        if (heights.texts()) {
            node.moments().stream()
                    .filter(moment ->
                            List.of("pxe", "init", "network", "state", "sshd").contains(moment.what()))
                    .forEach(moment -> marks.add(new GanttView.Mark(
                            number(scale.x(moment.at())),
                            number(top + heights.bar() - 5),
                            number(top + heights.bar()),
                            node.name() + ": " + moment.line() + " · " + Texts.seconds(moment.at()),
                            false)));
        }
        node.ready()
                .ifPresent(at -> marks.add(new GanttView.Mark(
                        number(scale.x(at)),
                        number(top + heights.bar() / 2.0),
                        number(Math.min(5, heights.bar() / 2.0)),
                        node.name() + " is done · " + Texts.seconds(at),
                        true)));
        return marks;
    }

    /** Along the lower edge of what decided the time, from row to row. */
    private String line() {
        StringBuilder line = new StringBuilder();
        double last = -1;
        for (PathStep step : path) {
            double y = baselines.getOrDefault(step.node(), 0.0);
            String x = number(scale.x(step.from()));
            if (line.isEmpty()) {
                line.append("M").append(x).append(" ").append(number(y));
            } else if (y != last) {
                line.append(" H").append(x).append(" V").append(number(y));
            }
            line.append(" H").append(number(scale.x(step.to())));
            last = y;
        }
        return line.toString();
    }

    private List<GanttView.Legend> legend(double y) {
        List<GanttView.Legend> legend = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            boolean shown =
                    run.nodes().stream().flatMap(node -> node.spans().stream()).anyMatch(span -> span.stage() == stage);
            if (shown || stage != Stage.PROVISION) {
                legend.add(legend(legend, y, kind(stage), 11, 11, stage.title(), stage.meaning()));
            }
        }
        legend.add(legend(legend, y, "path", 18, 3, "slowest path", "what decided how long it took"));
        if (before.isPresent() && RowHeights.of(run.nodes().size()).ghost() > 0) {
            legend.add(legend(legend, y, "ghost", 18, 5, "the run before", "the thin bars"));
        }
        return legend;
    }

    /** The next entry, to the right of those there are. */
    private static GanttView.Legend legend(
            List<GanttView.Legend> there, double y, String kind, int width, int height, String title, String meaning) {
        double x = PLOT_LEFT;
        if (!there.isEmpty()) {
            GanttView.Legend left = there.getLast();
            x = Double.parseDouble(left.textX()) + left.title().length() * CHARACTER + 16;
        }
        return new GanttView.Legend(
                kind,
                number(x),
                number(y - 4 - height / 2.0),
                number(width),
                number(height),
                number(x + width + 6),
                title,
                meaning);
    }

    private static String kind(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    static String difference(Optional<Duration> now, Optional<Duration> then) {
        return now.flatMap(n -> then.map(t -> Texts.difference(n.minus(t)))).orElse("");
    }
}
