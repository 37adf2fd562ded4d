package vmlab.report;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import vmlab.run.Outcome;

/** Puts a run, and the one it is compared with, into the words of the page. */
final class PageWriter {

    private static final int MOST_MOMENTS = 800;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private final LabRun run;
    private final Optional<LabRun> before;

    PageWriter(LabRun run, Optional<LabRun> before) {
        this.run = run;
        this.before = before;
    }

    /** The whole view; {@code log} gives the address of a node's serial log where there is one. */
    PageView view(boolean live, boolean standalone, Function<String, Optional<String>> log) {
        GanttView gantt = new Gantt(run, before).view();
        List<Stage> stages = Stream.of(Stage.values())
                .filter(stage ->
                        run.nodes().stream().anyMatch(node -> !node.in(stage).isZero()))
                .toList();
        int moments = run.moments().size();
        return new PageView(
                "%s %s · %s".formatted(run.lab(), word(), total()),
                run.lab(),
                word(),
                run.state().name().toLowerCase(Locale.ROOT),
                live,
                standalone,
                facts(),
                total(),
                totalMeaning(),
                failures(),
                gantt.label(),
                gantt.width(),
                gantt.height(),
                gantt,
                steps(),
                phases(),
                run.checks().stream()
                        .map(c -> new PageView.Check(
                                c.status() != Outcome.FAILED, c.check(), Texts.seconds(c.took()), c.evidence()))
                        .toList(),
                stages.stream().map(Stage::title).toList(),
                run.nodes().stream().map(node -> node(node, stages, log)).toList(),
                run.moments().stream()
                        .limit(MOST_MOMENTS)
                        .map(m -> new PageView.Line(Texts.seconds(m.at()), m.node(), m.what(), m.text()))
                        .toList(),
                moments,
                moments > MOST_MOMENTS ? Integer.toString(moments - MOST_MOMENTS) : "",
                "Made by lab report from the lab's events; times are this machine's. Hover over a bar for what was seen.");
    }

    /** The failure, then what was found to be its cause. */
    private List<PageView.Failure> failures() {
        return Stream.concat(
                        run.failure().stream()
                                .map(f -> new PageView.Failure(named(f.node(), f.what()), f.why(), f.next())),
                        run.causes().stream()
                                .map(c -> new PageView.Failure(named(c.node(), c.what()), c.evidence(), c.cure())))
                .toList();
    }

    private static String named(String node, String what) {
        return node.isEmpty() ? what : node + ": " + what;
    }

    private String word() {
        return switch (run.state()) {
            case RUNNING -> "comes up";
            case DONE -> "is up";
            case FAILED -> "failed";
            case CUT_OFF -> "was interrupted";
        };
    }

    private String total() {
        return Texts.seconds(run.took());
    }

    private String totalMeaning() {
        String then = before.filter(b -> b.state() == State.DONE && run.state() == State.DONE)
                .map(b -> " · " + Texts.difference(run.took().minus(b.took())) + " to the run before")
                .orElse("");
        String expected = before.filter(b -> b.state() == State.DONE && run.state() == State.RUNNING)
                .map(b -> " · " + Texts.seconds(b.took()) + " the last time")
                .orElse("");
        return (run.state() == State.RUNNING ? "so far" : "from the command to its end") + then + expected;
    }

    private List<PageView.Fact> facts() {
        List<PageView.Fact> facts = new ArrayList<>();
        facts.add(new PageView.Fact("started", DATE.format(run.start())));
        facts.add(new PageView.Fact("nodes", Integer.toString(run.nodes().size())));
        if (!run.accelerator().isEmpty()) {
            facts.add(new PageView.Fact("accelerator", run.accelerator()));
        }
        if (!run.image().isEmpty()) {
            facts.add(new PageView.Fact("image", run.image()));
        }
        run.ready().ifPresent(at -> facts.add(new PageView.Fact("all Ready after", Texts.seconds(at))));
        before.ifPresent(b -> facts.add(new PageView.Fact("compared with", DATE.format(b.start()))));
        return facts;
    }

    private List<PageView.Step> steps() {
        List<PathStep> path = shortened(CriticalPath.of(run));
        Duration most =
                path.stream().map(PathStep::took).max(Comparator.naturalOrder()).orElse(Duration.ofSeconds(1));
        return path.stream()
                .map(step -> new PageView.Step(
                        step.node().isEmpty() ? "lab up" : step.node(),
                        step.what(),
                        Texts.seconds(step.took()),
                        Long.toString(100 * step.took().toMillis() / Math.max(1, most.toMillis())),
                        step.took().equals(most)))
                .toList();
    }

    /** Phases before the nodes are switched on take a moment each: together they are one step. */
    private static List<PathStep> shortened(List<PathStep> path) {
        List<PathStep> own =
                path.stream().takeWhile(step -> step.node().isEmpty()).toList();
        if (own.size() < 2) {
            return path;
        }
        List<PathStep> steps = new ArrayList<>();
        steps.add(new PathStep(
                "",
                own.getFirst().what() + " to " + own.getLast().what(),
                own.getFirst().from(),
                own.getLast().to()));
        steps.addAll(path.subList(own.size(), path.size()));
        return steps;
    }

    private List<PageView.Phase> phases() {
        return run.phases().stream()
                .map(phase -> new PageView.Phase(
                        phase.phase(),
                        Texts.seconds(phase.took()),
                        Gantt.difference(
                                Optional.of(phase.took()),
                                before.flatMap(b -> b.phase(phase.phase())).map(PhaseSpan::took)),
                        phase.result(),
                        phase.state() == State.FAILED))
                .toList();
    }

    private PageView.Node node(NodeRun node, List<Stage> stages, Function<String, Optional<String>> log) {
        Optional<NodeRun> earlier = before.flatMap(b -> b.node(node.name()));
        return new PageView.Node(
                node.name(),
                node.role(),
                node.boot(),
                node.address(),
                stages.stream().map(stage -> cell(node, stage, earlier)).toList(),
                node.took().map(Texts::seconds).orElse("–"),
                Gantt.difference(node.took(), earlier.flatMap(NodeRun::took)),
                node.clockAhead().map(Texts::difference).orElse("–"),
                log.apply(node.name()).orElse(""));
    }

    private static PageView.Cell cell(NodeRun node, Stage stage, Optional<NodeRun> earlier) {
        Duration took = node.in(stage);
        if (took.isZero()) {
            return new PageView.Cell("–", "");
        }
        return new PageView.Cell(
                Texts.seconds(took),
                Gantt.difference(
                        Optional.of(took), earlier.map(e -> e.in(stage)).filter(t -> !t.isZero())));
    }
}
