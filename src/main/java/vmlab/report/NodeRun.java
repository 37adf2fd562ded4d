package vmlab.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One node's way up. Times count from the beginning of the run.
 *
 * @param spans its stages; none where the run left it alone
 * @param ready when it was done: Ready, or its API answered where it runs no pods
 * @param clockAhead by how much its clock was ahead of this machine's when it last told the time; behind where negative
 */
public record NodeRun(
        String name,
        String role,
        String boot,
        String address,
        List<Span> spans,
        List<Moment> moments,
        Optional<Duration> ready,
        Optional<Duration> clockAhead) {

    /** The stage that it is in, or ended in. */
    public Optional<Span> last() {
        return spans.stream().reduce((first, second) -> second);
    }

    /** The time that it spent in one stage, over all its boots. */
    public Duration in(Stage stage) {
        return spans.stream()
                .filter(span -> span.stage() == stage)
                .map(Span::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The time from power-on until it was done. */
    public Optional<Duration> took() {
        return ready.filter(at -> !spans.isEmpty())
                .map(at -> at.minus(spans.getFirst().from()));
    }
}
