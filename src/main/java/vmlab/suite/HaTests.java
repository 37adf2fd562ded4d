package vmlab.suite;

import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.spec.Suite;

/** Whether the cluster outlives a controller, the one that it began with: takes the power from it, and gives it back. */
final class HaTests implements TestSuite {

    @Override
    public String doing() {
        return "see whether the cluster outlives a controller";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Steps steps = new Steps(Suite.HA, run);
        try (ControllerLoss loss = new ControllerLoss(lab, run)) {
            steps.take("controllers-answer", loss::allAnswer);
            steps.take("api-survives", loss::cutPowerAndWrite);
            steps.take("controller-returns", loss::bringBackAndRead);
            steps.take("etcd-members", loss::members);
        }
        return steps.result();
    }
}
