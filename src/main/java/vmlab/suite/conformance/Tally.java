package vmlab.suite.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.Outcome;
import vmlab.run.Run;

/** How far a run of {@code total} specs is, told as each ends. */
final class Tally {

    private final String suite;
    private final int total;
    private final Run run;
    private final Instant start;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private final Set<String> names = new HashSet<>();

    Tally(String suite, int total, Run run) {
        this.suite = suite;
        this.total = total;
        this.run = run;
        this.start = run.clock().instant();
    }

    /** A spec has ended. */
    synchronized void ended(Spec spec) {
        counts.merge(spec.outcome(), 1, Integer::sum);
        names.add(spec.name());
        run.emit(Event.Checked.now(result(suite, spec)));
    }

    /** Shows how far it is; {@code running} is the spec that runs now. */
    synchronized void show(String running) {
        run.progress("the conformance tests", text() + (running.isEmpty() ? "" : ": " + running));
    }

    /** {@code 40 of 118 specs, 1 failed, about 6 min left}. */
    synchronized String text() {
        int done = names.size();
        int failed = counts.getOrDefault(Outcome.FAILED, 0);
        return done + " of " + total + " specs" + (failed == 0 ? "" : ", " + failed + " failed")
                + (done == 0 ? "" : ", about " + minutesLeft(done) + " min left");
    }

    private long minutesLeft(int done) {
        Duration sofar = Duration.between(start, run.clock().instant());
        return Math.ceilDiv(sofar.toSeconds() * (total - done) / done, 60);
    }

    /** How many have ended. */
    synchronized int done() {
        return names.size();
    }

    static CheckResult result(String suite, Spec spec) {
        return new CheckResult(suite, spec.name(), spec.outcome(), spec.took(), spec.evidence());
    }
}
