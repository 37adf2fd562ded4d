package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vmlab.run.Event;
import vmlab.run.PhaseName;

/** Turns a lab's events into the run that they tell of. The one reader; everything shown is made from what it returns. */
public final class RunReader {

    /** With this phase an up begins. */
    private static final PhaseName FIRST_PHASE = PhaseName.HOST;

    private RunReader() {}

    /** The last up that switched a node on or goes on still; where there is none, the last up. */
    public static Optional<LabRun> last(List<Event> events, Instant now) {
        List<LabRun> runs = all(events, now).reversed();
        return runs.stream()
                .filter(run -> run.booted() || run.state() == State.RUNNING || run.state() == State.FAILED)
                .findFirst()
                .or(() -> runs.stream().findFirst());
    }

    /** Every up, the oldest first. */
    public static List<LabRun> all(List<Event> events, Instant now) {
        return slices(events).stream().map(slice -> read(slice, now)).toList();
    }

    /** The events of each up, until the next one began; what several processes wrote is put in the order of its happening. */
    static List<List<Event>> slices(List<Event> events) {
        List<Event> ordered =
                events.stream().sorted(Comparator.comparing(Event::at)).toList();
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i) instanceof Event.PhaseStarted started && FIRST_PHASE.is(started.phase())) {
                begins.add(i);
            }
        }
        List<List<Event>> slices = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            int end = i + 1 < begins.size() ? begins.get(i + 1) : ordered.size();
            slices.add(ordered.subList(begins.get(i), end));
        }
        return slices;
    }

    static LabRun read(List<Event> events, Instant now) {
        Instant start = events.getFirst().at();
        PhaseReader phases = new PhaseReader(start);
        events.forEach(phases::take);
        Instant end = phases.end(now);
        List<Event> during =
                events.stream().filter(event -> !event.at().isAfter(end)).toList();
        Optional<Event.Planned> planned = first(during, Event.Planned.class);
        return new LabRun(
                planned.map(Event.Planned::lab).orElse(""),
                start,
                Duration.between(start, end),
                phases.state(now),
                planned.map(Event.Planned::accelerator).orElse(""),
                planned.map(Event.Planned::image).orElse(""),
                phases.result(PhaseName.IMAGE),
                phases.spans(now),
                planned.map(plan -> nodes(plan, during, phases, start, end)).orElse(List.of()),
                every(during, Event.Checked.class),
                events.stream()
                        .flatMap(event -> Moments.of(event, start).stream())
                        .toList(),
                first(during, Event.PhaseFailed.class),
                every(events, Event.Diagnosed.class));
    }

    private static List<NodeRun> nodes(
            Event.Planned plan, List<Event> events, PhaseReader phases, Instant start, Instant end) {
        List<NodeRun> nodes = new ArrayList<>();
        for (Event.PlannedNode node : plan.nodes()) {
            NodeReader reader = new NodeReader(node, start);
            events.forEach(reader::take);
            if (node.role().equals("controller")) {
                // It runs no pods and so is no node of Kubernetes; its API is what is awaited.
                phases.doneAt(PhaseName.KUBECONFIG).ifPresent(reader::apiAnswers);
            }
            nodes.add(reader.read(end));
        }
        return List.copyOf(nodes);
    }

    private static <E extends Event> Optional<E> first(List<Event> events, Class<E> kind) {
        return every(events, kind).stream().findFirst();
    }

    private static <E extends Event> List<E> every(List<Event> events, Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
