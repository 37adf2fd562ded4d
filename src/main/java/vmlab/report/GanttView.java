package vmlab.report;

import java.util.List;

/** The chart, laid out: every coordinate and every word that the template writes. */
record GanttView(
        String label,
        int width,
        int height,
        int plotBottom,
        int labelX,
        int endX,
        List<Scale.Tick> ticks,
        List<Row> rows,
        String path,
        List<Legend> legend,
        String legendY,
        boolean compared) {

    /** One line of bars: the command itself, or a node. */
    record Row(
            String y,
            String nameY,
            String name,
            String subY,
            String sub,
            String band,
            String bandHeight,
            boolean striped,
            List<Bar> bars,
            List<Bar> ghosts,
            List<Mark> marks,
            String end,
            String endSub) {}

    /** One bar; {@code text} is empty where it does not fit. */
    record Bar(
            String kind,
            String x,
            String y,
            String width,
            String height,
            String textX,
            String textY,
            String text,
            String tip,
            boolean open,
            boolean failed) {}

    /** A milestone upon the bars. */
    record Mark(String x, String top, String bottom, String tip, boolean done) {}

    /** A colour and its meaning. */
    record Legend(
            String kind,
            String x,
            String swatchY,
            String swatch,
            String swatchHeight,
            String textX,
            String title,
            String meaning) {}
}
