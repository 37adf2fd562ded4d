package vmlab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vmlab.run.Event;
import vmlab.run.PhaseName;

/** Follows the phases of one run. */
final class PhaseReader {

    /** Each wait of ours gives its reasons and has its limit: a command that has not said a word for so long is no more. */
    private static final Duration SILENCE = Duration.ofMinutes(20);

    /** With one of these another command begins. */
    private static final Set<PhaseName> OTHER_COMMANDS = EnumSet.of(
            PhaseName.SNAPSHOT,
            PhaseName.FORK,
            PhaseName.UPGRADE,
            PhaseName.ROLLBACK,
            PhaseName.PAUSE,
            PhaseName.STOP,
            PhaseName.START,
            PhaseName.REBOOT);

    private final Instant start;
    private final Map<String, Instant> doneAt = new LinkedHashMap<>();
    private final Map<String, String> results = new LinkedHashMap<>();
    private final List<PhaseSpan> spans = new ArrayList<>();
    private Optional<Event.PhaseStarted> open = Optional.empty();
    private String waiting = "";
    private State ended = State.DONE;
    private boolean over;
    private Instant last;

    PhaseReader(Instant start) {
        this.start = start;
        this.last = start;
    }

    void take(Event event) {
        if (over) {
            // What follows a failure or Ctrl-C takes the lab down again, or is another command's; that is no part of
            // its way up.
            return;
        }
        switch (event) {
            case Event.PhaseStarted begun
            when open.isPresent() -> {
                close(begun.at(), open.get(), State.CUT_OFF, waiting);
                ended = State.CUT_OFF;
                over = true;
            }
            case Event.PhaseStarted begun when isOfAnotherCommand(begun) -> over = true;
            case Event.PhaseStarted begun -> {
                open = Optional.of(begun);
                waiting = begun.doing();
                last = begun.at();
            }
            case Event.Waiting wait -> {
                waiting = (wait.node() + " waits for " + wait.what() + ": " + wait.why()).strip();
                last = wait.at();
            }
            case Event.PhaseDone done -> {
                close(done.at(), done.took(), done.phase(), State.DONE, done.result());
                results.put(done.phase(), done.result());
                doneAt.put(done.phase(), done.at());
            }
            case Event.PhaseFailed fail -> {
                close(fail.at(), fail.took(), fail.phase(), State.FAILED, fail.what() + ": " + fail.why());
                ended = State.FAILED;
                over = true;
            }
            default -> {}
        }
    }

    private static boolean isOfAnotherCommand(Event.PhaseStarted begun) {
        return OTHER_COMMANDS.stream().anyMatch(name -> name.is(begun.phase()));
    }

    private void close(Instant at, Event.PhaseStarted begun, State state, String result) {
        close(at, Duration.between(begun.at(), at), begun.phase(), state, result);
    }

    private void close(Instant at, Duration took, String phase, State state, String result) {
        Duration to = Duration.between(start, at);
        spans.add(new PhaseSpan(phase, to.minus(took), to, state, result));
        open = Optional.empty();
        last = at;
    }

    /** When the run ended; {@code now} while it goes on. */
    Instant end(Instant now) {
        return isAlive(now) ? now : last;
    }

    /** A command that was killed leaves a phase open, and says no more. */
    private boolean isAlive(Instant now) {
        return open.isPresent() && Duration.between(last, now).compareTo(SILENCE) < 0;
    }

    /** How it stands. */
    State state(Instant now) {
        return open.isEmpty() ? ended : isAlive(now) ? State.RUNNING : State.CUT_OFF;
    }

    /** All phases; the one under way lasts until now. */
    List<PhaseSpan> spans(Instant now) {
        List<PhaseSpan> all = new ArrayList<>(spans);
        open.ifPresent(begun -> all.add(new PhaseSpan(
                begun.phase(),
                Duration.between(start, begun.at()),
                Duration.between(start, end(now)),
                state(now),
                waiting)));
        return List.copyOf(all);
    }

    /** What the phase came to; empty if it did not. */
    String result(PhaseName phase) {
        return results.getOrDefault(phase.toString(), "");
    }

    /** When the phase was done. */
    Optional<Instant> doneAt(PhaseName phase) {
        return Optional.ofNullable(doneAt.get(phase.toString()));
    }
}
