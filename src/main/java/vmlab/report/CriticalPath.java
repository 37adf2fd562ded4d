package vmlab.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vmlab.run.PhaseName;

/**
 * The slowest road through a run: what would have to be quicker for the whole to be. The command's own phases until the nodes are switched
 * on; then the node that was done last, and, for as long as that one could only wait for the API, the controller that had to bring it up;
 * then what the command waits for and tests when all nodes are Ready.
 */
public final class CriticalPath {

    private CriticalPath() {}

    /** Its steps, one after the other without a gap. */
    public static List<PathStep> of(LabRun run) {
        List<PathStep> path = new ArrayList<>();
        Optional<NodeRun> slowest = slowest(run);
        Duration power = slowest.map(node -> node.spans().getFirst().from()).orElse(run.took());
        for (PhaseSpan phase : run.phases()) {
            add(path, "", phase.phase(), phase.from(), shorter(phase.to(), power));
        }
        slowest.ifPresent(node -> {
            Duration taken = controllerOf(run, node)
                    .map(controller -> {
                        Duration api =
                                run.phase(PhaseName.KUBECONFIG).orElseThrow().to();
                        walk(path, controller, Duration.ZERO, api);
                        return api;
                    })
                    .orElse(Duration.ZERO);
            walk(path, node, taken, run.took());
            Duration end = node.ready().orElse(run.took());
            for (PhaseSpan phase : run.phases()) {
                add(path, "", phase.phase(), longer(phase.from(), end), phase.to());
            }
        });
        return List.copyOf(path);
    }

    private static Optional<NodeRun> slowest(LabRun run) {
        return run.nodes().stream()
                .filter(node -> !node.spans().isEmpty())
                .max(Comparator.comparing(node -> node.ready().orElse(run.took())));
    }

    /** The controller that {@code node} had to wait for: one that was not yet there when the node's own k0s was. */
    private static Optional<NodeRun> controllerOf(LabRun run, NodeRun node) {
        Optional<Duration> began = node.spans().stream()
                .filter(span -> span.stage() == Stage.K0S)
                .map(Span::from)
                .findFirst();
        boolean waited = began.isPresent()
                && run.phase(PhaseName.KUBECONFIG)
                        .filter(phase -> phase.state() == State.DONE)
                        .filter(phase -> phase.to().compareTo(began.get()) > 0)
                        .isPresent();
        return run.nodes().stream()
                .filter(other -> waited && node.role().equals("worker"))
                .filter(other ->
                        !other.role().equals("worker") && !other.spans().isEmpty())
                .findFirst();
    }

    private static void walk(List<PathStep> path, NodeRun node, Duration from, Duration to) {
        for (Span span : node.spans()) {
            if (span.stage() != Stage.PROVISION) {
                add(path, node.name(), span.stage().title(), longer(span.from(), from), shorter(span.to(), to));
            }
        }
    }

    private static void add(List<PathStep> path, String node, String what, Duration from, Duration to) {
        if (to.compareTo(from) > 0) {
            path.add(new PathStep(node, what, from, to));
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
