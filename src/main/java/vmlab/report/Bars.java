package vmlab.report;

import static vmlab.report.Scale.number;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Draws the chart's bars: how long, how high, what stands on them and what is shown when they are pointed at. */
record Bars(Scale scale, State run) {

    /** How wide a character of the chart's text is. */
    static final double CHARACTER = 6.3;

    private static final int EVIDENCE_LINES = 9;

    /** A phase of the command. */
    GanttView.Bar phase(PhaseSpan phase, double top) {
        return bar(
                "phase",
                phase.from(),
                phase.to(),
                top,
                RowHeights.PHASES,
                phase.phase(),
                phase.phase() + " · " + Texts.seconds(phase.took()) + "\n" + phase.result(),
                phase.state());
    }

    /** A stage of a node, compared with the same node in the run before. */
    GanttView.Bar stage(NodeRun node, Span span, Optional<NodeRun> earlier, double top, RowHeights heights) {
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
        boolean failed = span.open() && run != State.RUNNING && run != State.DONE;
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

    /** The same stage of the run before, thin. */
    GanttView.Bar ghost(Span span, double top, RowHeights heights) {
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

    private static String evidence(List<String> lines) {
        List<String> last = lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size());
        return last.stream()
                .map(line -> "\n" + (line.length() > 110 ? line.substring(0, 109) + "…" : line))
                .collect(Collectors.joining());
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

    /** How the page's style names a stage. */
    static String kind(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
