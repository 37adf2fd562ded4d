package vmlab.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import vmlab.report.Expectation;
import vmlab.report.LabRun;
import vmlab.report.NodeRun;
import vmlab.report.RunArchive;
import vmlab.report.RunReader;
import vmlab.report.Span;
import vmlab.report.Stage;
import vmlab.report.Texts;
import vmlab.run.Event;

/** Where each node is on its way up, a line each: its stage, for how long, how long that took earlier, what it last said. */
final class NodeLines {

    /** More than this many are summed up. */
    private static final int MOST = 12;

    private final Optional<RunArchive> archive;
    private final List<Event> told = new ArrayList<>();
    private final Map<String, Stage> shown = new HashMap<>();
    private CompletableFuture<Expectation> expected = CompletableFuture.completedFuture(Expectation.none());

    NodeLines(Optional<RunArchive> archive) {
        this.archive = archive;
    }

    void take(Event event) {
        told.add(event);
        if (event instanceof Event.Planned plan) {
            expected = CompletableFuture.supplyAsync(
                    () -> archive.map(kept -> Expectation.of(kept.runs(), plan.accelerator(), plan.image()))
                            .orElse(Expectation.none()));
        }
    }

    /** How long the phase took earlier, where that is known. */
    String expected(String phase) {
        return about(expected.getNow(Expectation.none()).of(phase));
    }

    /** The nodes that have entered another stage since the last call, in words. */
    List<String> changes(Instant now) {
        return nodes(now).stream()
                .filter(node -> node.last()
                        .map(Span::stage)
                        .filter(stage -> stage != Stage.PROVISION && stage != shown.put(node.name(), stage))
                        .isPresent())
                .map(node -> "%s: %s%s".formatted(node.name(), title(node), expectation(node)))
                .toList();
    }

    /** A line for each node that is on its way; the ones that are furthest behind come first where there are many. */
    List<String> lines(Instant now) {
        List<NodeRun> coming = nodes(now).stream()
                .filter(node -> !node.spans().isEmpty() && node.ready().isEmpty())
                .toList();
        if (coming.size() <= MOST) {
            return coming.stream().map(this::line).toList();
        }
        List<String> lines = new ArrayList<>(coming.stream()
                .sorted(Comparator.comparing(node -> node.last().orElseThrow().stage()))
                .limit(MOST)
                .map(this::line)
                .toList());
        Map<Stage, Long> more = coming.stream()
                .sorted(Comparator.comparing(node -> node.last().orElseThrow().stage()))
                .skip(MOST)
                .collect(Collectors.groupingBy(
                        node -> node.last().orElseThrow().stage(), TreeMap::new, Collectors.counting()));
        lines.add("and "
                + more.entrySet().stream()
                        .map(stage -> stage.getValue() + " in " + stage.getKey().title())
                        .collect(Collectors.joining(", ")));
        return lines;
    }

    private List<NodeRun> nodes(Instant now) {
        List<LabRun> runs = RunReader.all(told, now);
        return runs.isEmpty() ? List.of() : runs.getLast().nodes();
    }

    private String line(NodeRun node) {
        Duration took = node.last().orElseThrow().took();
        String said =
                node.moments().isEmpty() ? "" : "  " + node.moments().getLast().line();
        return "%-8s %-9s %s%s%s".formatted(node.name(), title(node), Texts.seconds(took), expectation(node), said);
    }

    private static String title(NodeRun node) {
        return node.ready().isPresent()
                ? Stage.READY.title()
                : node.last().orElseThrow().stage().title();
    }

    private String expectation(NodeRun node) {
        return about(expected.getNow(Expectation.none())
                .of(node.name(), node.last().orElseThrow().stage()));
    }

    private static String about(Optional<Duration> time) {
        return time.map(took -> " of about " + Math.max(1, took.toSeconds()) + " s")
                .orElse("");
    }
}
