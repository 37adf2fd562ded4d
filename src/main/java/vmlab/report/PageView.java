package vmlab.report;

import java.util.List;

/** The page in words and numbers, as its template writes them. */
record PageView(
        String title,
        String lab,
        String state,
        String stateClass,
        boolean live,
        boolean standalone,
        List<Fact> facts,
        String total,
        String totalMeaning,
        List<Failure> failure,
        String label,
        int width,
        int height,
        GanttView gantt,
        List<Step> path,
        List<Phase> phases,
        List<Check> checks,
        List<String> stages,
        List<Node> nodes,
        List<Line> moments,
        int momentCount,
        String more,
        String foot) {

    /** A name and what it stands for. */
    record Fact(String name, String value) {}

    /** Why it failed. */
    record Failure(String what, String why, String next) {}

    /** A step of the slowest path; {@code share} in per cent of the longest. */
    record Step(String where, String what, String took, String share, boolean most) {}

    /** A phase of the command. */
    record Phase(String phase, String took, String delta, String result, boolean bad) {}

    /** A check. */
    record Check(boolean passed, String check, String took, String evidence) {}

    /** A node, with a cell for each stage. */
    record Node(
            String name,
            String role,
            String boot,
            String address,
            List<Cell> cells,
            String ready,
            String delta,
            String clock,
            String log) {}

    /** A length of time, and how it differs from the run before. */
    record Cell(String value, String delta) {}

    /** Something that happened. */
    record Line(String at, String node, String what, String text) {}
}
