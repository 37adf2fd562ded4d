package vmlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vmlab.run.Event;
import vmlab.run.Outcome;

/** A run's phases and nodes as checks that passed or did not. */
public final class RunChecks {

    private RunChecks() {}

    /** Three suites: phases, nodes, smoke tests. */
    public static List<Event.Checked> of(LabRun run) {
        List<Event.Checked> all = new ArrayList<>(phases(run));
        all.addAll(nodes(run));
        all.addAll(run.checks());
        return all;
    }

    private static List<Event.Checked> phases(LabRun run) {
        return run.phases().stream()
                .map(phase -> new Event.Checked(
                        run.start().plus(phase.to()),
                        "phases",
                        phase.phase(),
                        outcome(phase.state() == State.DONE),
                        phase.took(),
                        phase.result()))
                .toList();
    }

    /** A node that the run left alone is no check. */
    private static List<Event.Checked> nodes(LabRun run) {
        return run.nodes().stream()
                .filter(node -> !node.spans().isEmpty())
                .map(node -> new Event.Checked(
                        run.start().plus(node.ready().orElse(run.took())),
                        "nodes",
                        node.name() + " is Ready",
                        outcome(node.ready().isPresent()),
                        node.took()
                                .orElse(run.took().minus(node.spans().getFirst().from())),
                        stages(node)))
                .toList();
    }

    private static Outcome outcome(boolean good) {
        return good ? Outcome.PASSED : Outcome.FAILED;
    }

    private static String stages(NodeRun node) {
        return node.spans().stream()
                .map(span -> "%s %s%s"
                        .formatted(
                                span.stage().title(), Texts.seconds(span.took()), span.open() ? " and not done" : ""))
                .collect(Collectors.joining(", "));
    }
}
