package vmlab.report;

import static vmlab.report.Scale.number;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vmlab.run.MilestoneName;

/** Lays the chart out: a row for the command, a row for each node, the previous run's bars beneath, the slowest path along them. */
final class Gantt {

    /** The milestones that are marked on a node's bar. */
    private static final Set<MilestoneName> MARKED = EnumSet.of(
            MilestoneName.PXE, MilestoneName.INIT, MilestoneName.NETWORK, MilestoneName.STATE, MilestoneName.SSHD);

    private static final int WIDTH = 1180;
    private static final int PLOT_LEFT = 150;
    private static final int PLOT_RIGHT = 1060;
    private static final int TOP = 30;
    private static final int LEGEND = 40;
    private static final int BAR_TOP = 8;

    private final LabRun run;
    private final Optional<LabRun> before;
    private final Scale scale;
    private final Bars bars;
    private final Map<String, Double> baselines = new HashMap<>();
    private final List<PathStep> path;

    Gantt(LabRun run, Optional<LabRun> before) {
        this.run = run;
        this.before = before;
        this.scale = new Scale(length(run, before), PLOT_LEFT, PLOT_RIGHT);
        this.bars = new Bars(scale, run.state());
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
        boolean ghosts = before.isPresent() && heights.ghost() > 0;
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
                Legend.of(run, ghosts, PLOT_LEFT, y + 26),
                number(y + 26),
                ghosts);
    }

    private GanttView.Row phases(double y) {
        double top = y + BAR_TOP;
        baselines.put("", top + RowHeights.PHASES.bar() + 3);
        List<GanttView.Bar> drawn =
                run.phases().stream().map(phase -> bars.phase(phase, top)).toList();
        return new GanttView.Row(
                number(y),
                number(top + 15),
                "lab up",
                "",
                "",
                number(y),
                number(RowHeights.PHASES.row()),
                false,
                drawn,
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
        List<GanttView.Bar> drawn = node.spans().stream()
                .map(span -> bars.stage(node, span, earlier, top, heights))
                .toList();
        List<GanttView.Bar> ghosts = earlier.filter(e -> heights.ghost() > 0).stream()
                .flatMap(e -> e.spans().stream())
                .filter(span -> span.stage() != Stage.PROVISION)
                .map(span -> bars.ghost(span, top + heights.bar() + 7, heights))
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
                drawn,
                ghosts,
                marks(node, top, heights),
                node.ready().map(at -> Texts.seconds(at)).orElse(node.spans().isEmpty() ? "was up" : "not Ready"),
                heights.texts() ? difference(node.ready(), earlier.flatMap(NodeRun::ready)) : "");
    }

    private List<GanttView.Mark> marks(NodeRun node, double top, RowHeights heights) {
        List<GanttView.Mark> marks = new ArrayList<>();
        if (heights.texts()) {
            node.moments().stream()
                    .filter(moment -> MilestoneName.of(moment.what())
                            .filter(MARKED::contains)
                            .isPresent())
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

    static String difference(Optional<Duration> now, Optional<Duration> then) {
        return now.flatMap(n -> then.map(t -> Texts.difference(n.minus(t)))).orElse("");
    }
}
