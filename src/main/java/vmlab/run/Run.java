package vmlab.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One run of a command: performs phases, keeps the time, passes on the events. Phases get it to say what they see and to wait. */
public final class Run {

    private final Events events;
    private final Clock clock;
    private final Waiter.Pause pause;
    private String phase = "";
    private String result = "";

    /** A run that tells {@code events} everything. */
    public Run(Events events) {
        this(events, Clock.systemUTC());
    }

    Run(Events events, Clock clock) {
        this(events, clock, Waiter.Pause.ASLEEP);
    }

    /** The same in a time of its own, which {@code clock} tells and {@code pause} lets pass. */
    public Run(Events events, Clock clock, Waiter.Pause pause) {
        this.events = events;
        this.clock = clock;
        this.pause = pause;
    }

    /** Runs one phase, with an event before and one after. */
    public <I, O> O perform(Phase<I, O> step, I input) throws InterruptedException {
        phase = step.name();
        result = "";
        Instant start = clock.instant();
        events.emit(new Event.PhaseStarted(start, phase, step.doing()));
        try {
            O output = step.run(input, this);
            events.emit(new Event.PhaseDone(clock.instant(), phase, since(start), result));
            return output;
        } catch (LabFailure failure) {
            events.emit(new Event.PhaseFailed(
                    clock.instant(),
                    phase,
                    since(start),
                    failure.node().orElse(""),
                    failure.what(),
                    failure.why(),
                    failure.next()));
            throw failure;
        }
    }

    /** What the running phase came to, shown when it is done: "unchanged", "3 nodes". */
    public void result(String text) {
        result = text;
    }

    /** Something worth a line of its own. */
    public void note(String text) {
        emit(new Event.Noted(clock.instant(), phase, text));
    }

    /** How far something is that the running phase waits for, where no {@link Waiter} can look. */
    public void progress(String what, String how) {
        emit(new Event.Waiting(clock.instant(), phase, "", what, how));
    }

    /** An event of an adapter's or a node's own. */
    public void emit(Event event) {
        events.emit(event);
    }

    /** A wait of the running phase for {@code what} on {@code node} (empty: the whole lab), for at most {@code limit}. */
    public Waiter await(String node, String what, Duration limit) {
        return new Waiter(events, clock, pause, phase, node, what, Deadline.in(limit, clock), Duration.ofMillis(500));
    }

    /** By which it tells the time. */
    public Clock clock() {
        return clock;
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
