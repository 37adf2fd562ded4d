package vmlab.suite;

import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.spec.Suite;

/** Whether the cluster notices who is cut off, and takes it back: a worker first, then one of three controllers. */
final class PartitionTests implements TestSuite {

    @Override
    public String doing() {
        return "see whether the cluster notices who is cut off, and takes it back";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Steps steps = new Steps(Suite.PARTITION, run);
        try (CutOff cut = new CutOff(lab, run)) {
            steps.take("worker-noticed", cut::pullWorkersCable);
            steps.take("worker-returns", cut::plugWorkerIn);
            steps.beginAnew();
            steps.take("majority-goes-on", cut::partControllerAndWrite);
            steps.take("minority-stops", cut::minorityWritesNothing);
            steps.take("controllers-rejoin", cut::joinControllersAndRead);
        }
        return steps.result();
    }
}
