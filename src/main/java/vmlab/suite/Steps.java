package vmlab.suite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vmlab.run.CheckResult;
import vmlab.run.Event;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.spec.Suite;

/** The checks of a suite that does one thing after the other to a lab: where one step does not go well, those after it are not taken. */
final class Steps {

    /** One step; it returns what was seen. Anything thrown but an interruption is a failed check. */
    interface Step {
        String take() throws InterruptedException;
    }

    /** Why there is nothing to try. */
    static final class NotPossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotPossible(String why) {
            super(why);
        }
    }

    private final Suite suite;
    private final Run run;
    private final Instant start = Instant.now();
    private final List<CheckResult> results = new ArrayList<>();
    private int first;

    Steps(Suite suite, Run run) {
        this.suite = suite;
        this.run = run;
    }

    /** Begins with something else: what is taken from now on needs nothing of what was taken before. */
    void beginAnew() {
        first = results.size();
    }

    /** Takes a step if all before it went well. */
    void take(String name, Step step) throws InterruptedException {
        Instant began = Instant.now();
        List<CheckResult> before = results.subList(first, results.size());
        Outcome outcome = Outcome.SKIPPED;
        String evidence = "skipped: needs "
                + before.stream()
                        .filter(result -> !result.passed())
                        .findFirst()
                        .map(CheckResult::name)
                        .orElse("");
        if (before.stream().allMatch(CheckResult::passed)) {
            try {
                evidence = step.take();
                outcome = Outcome.PASSED;
            } catch (NotPossible reason) {
                evidence = "skipped: " + reason.getMessage();
            } catch (LabFailure failure) {
                evidence = failure.what() + ": " + failure.why();
                outcome = Outcome.FAILED;
            } catch (RuntimeException failure) {
                evidence = String.valueOf(failure.getMessage());
                outcome = Outcome.FAILED;
            }
        }
        CheckResult result =
                new CheckResult(suite.toString(), name, outcome, Duration.between(began, Instant.now()), evidence);
        results.add(result);
        run.emit(Event.Checked.now(result));
    }

    SuiteResult result() {
        return new SuiteResult(suite.toString(), List.copyOf(results), Duration.between(start, Instant.now()));
    }
}
