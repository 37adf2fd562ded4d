package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vmlab.run.Event;
import vmlab.run.PhaseName;

/**
 * One {@code up} of a lab as its events tell it: everything that progress, page, SVG, JSON and JUnit XML show.
 *
 * @param lab empty while it is not yet planned
 * @param took its length; while it goes on, until the moment of looking
 * @param image what the image phase said
 * @param causes what was found out about why it failed
 * @param moments what happened, of nodes and of the lab, in order
 */
public record LabRun(
        String lab,
        Instant start,
        Duration took,
        State state,
        String accelerator,
        String imageName,
        String image,
        List<PhaseSpan> phases,
        List<NodeRun> nodes,
        List<Event.Checked> checks,
        List<Moment> moments,
        Optional<Event.PhaseFailed> failure,
        List<Event.Diagnosed> causes) {

    /** When the last node was done, where all are. */
    public Optional<Duration> ready() {
        boolean all = !nodes.isEmpty()
                && nodes.stream().noneMatch(node -> node.spans().isEmpty())
                && nodes.stream().allMatch(node -> node.ready().isPresent());
        return all ? nodes.stream().flatMap(node -> node.ready().stream()).max(Duration::compareTo) : Optional.empty();
    }

    /** Whether it switched a node on. */
    public boolean booted() {
        return nodes.stream().anyMatch(node -> !node.spans().isEmpty());
    }

    /** The node of this name. */
    public Optional<NodeRun> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The phase of this name. */
    public Optional<PhaseSpan> phase(PhaseName name) {
        return phase(name.toString());
    }

    /** The same, of any that an event named. */
    public Optional<PhaseSpan> phase(String name) {
        return phases.stream().filter(phase -> phase.phase().equals(name)).findFirst();
    }
}
