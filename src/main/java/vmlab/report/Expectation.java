package vmlab.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a lab may be expected to take: the middle of its earlier runs with the same accelerator and image. */
public final class Expectation {

    private final List<LabRun> runs;

    private Expectation(List<LabRun> runs) {
        this.runs = runs;
    }

    /** Nothing is known. */
    public static Expectation none() {
        return new Expectation(List.of());
    }

    /** From those {@code earlier} runs that ended well under the same conditions; {@code image} is the recipe's name. */
    public static Expectation of(List<LabRun> earlier, String accelerator, String image) {
        return new Expectation(earlier.stream()
                .filter(run -> run.state() == State.DONE)
                .filter(run ->
                        run.accelerator().equals(accelerator) && run.imageName().equals(image))
                .toList());
    }

    /** How long a node stays in a stage. */
    public Optional<Duration> of(String node, Stage stage) {
        return middle(runs.stream()
                .flatMap(run -> run.node(node).stream())
                .map(run -> run.in(stage))
                .filter(took -> !took.isZero())
                .toList());
    }

    /** How long a phase takes. */
    public Optional<Duration> of(String phase) {
        return middle(runs.stream()
                .flatMap(run -> run.phase(phase).stream())
                .map(PhaseSpan::took)
                .toList());
    }

    private static Optional<Duration> middle(List<Duration> times) {
        return times.isEmpty()
                ? Optional.empty()
                : Optional.of(times.stream().sorted().toList().get(times.size() / 2));
    }
}
