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

/** Whether the cluster outlives a controller, the one that it began with: takes the power from it, and gives it back. */
final class HaTests implements TestSuite {

    /** One step; it returns what was seen. Anything thrown but an interruption is a failed check. */
    private interface Step {
        String take() throws InterruptedException;
    }

    @Override
    public String doing() {
        return "see whether the cluster outlives a controller";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Instant start = Instant.now();
        List<CheckResult> results = new ArrayList<>();
        try (ControllerLoss loss = new ControllerLoss(lab, run)) {
            check(results, run, "controllers-answer", loss::allAnswer);
            check(results, run, "api-survives", loss::cutPowerAndWrite);
            check(results, run, "controller-returns", loss::bringBackAndRead);
            check(results, run, "etcd-members", loss::members);
        }
        return new SuiteResult(Suite.HA.toString(), List.copyOf(results), Duration.between(start, Instant.now()));
    }

    /** Takes a step if all before it went well. */
    private static void check(List<CheckResult> results, Run run, String name, Step step) throws InterruptedException {
        Instant start = Instant.now();
        Outcome outcome = Outcome.SKIPPED;
        String evidence = "skipped: needs "
                + results.stream()
                        .filter(result -> !result.passed())
                        .findFirst()
                        .map(CheckResult::name)
                        .orElse("");
        if (results.stream().allMatch(CheckResult::passed)) {
            try {
                evidence = step.take();
                outcome = Outcome.PASSED;
            } catch (ControllerLoss.NotPossible reason) {
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
                new CheckResult(Suite.HA.toString(), name, outcome, Duration.between(start, Instant.now()), evidence);
        results.add(result);
        run.emit(Event.Checked.now(result));
    }
}
