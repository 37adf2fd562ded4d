package vmlab.up;

import java.util.Optional;
import vmlab.ready.ClusterUp;
import vmlab.run.LabFailure;
import vmlab.run.Outcome;
import vmlab.run.Phase;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.Site;
import vmlab.spec.OwnChecks;
import vmlab.spec.Tests;
import vmlab.suite.TestSuite;
import vmlab.suite.TestedLab;

/** Runs one of the suites that cluster.yaml asks for, once for each start of the lab; {@code lab test} runs them at any time. */
final class ProveSuite implements Phase<ClusterUp, ClusterUp> {

    private final Site site;
    private final Tests tests;

    ProveSuite(Site site, Tests tests) {
        this.site = site;
        this.tests = tests;
    }

    @Override
    public String name() {
        return tests.toString();
    }

    @Override
    public String doing() {
        return TestSuite.of(tests).doing();
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        if (!cluster.lab().fresh()) {
            run.result("not run, for nothing changed; lab test %s --suite %s runs it"
                    .formatted(
                            cluster.lab().lab().plan().lab(), tests instanceof OwnChecks own ? own.folder() : tests));
            return cluster;
        }
        String lab = cluster.lab().lab().plan().lab();
        SuiteResult result = TestSuite.of(tests).run(TestedLab.of(site, lab, Optional.empty(), true), run);
        require(result, lab);
        run.result(result.summary());
        return cluster;
    }

    private void require(SuiteResult result, String lab) {
        result.with(Outcome.FAILED).stream().findFirst().ifPresent(failed -> {
            LabFailure failure = LabFailure.lab(
                    failed.suite() + " test \"" + failed.name() + "\" failed (" + result.summary() + ")",
                    failed.evidence(),
                    "lab up --keep leaves the lab to be looked at, and lab test " + lab
                            + " then runs the checks again");
            // What the user's own check is about no node's log can explain.
            throw tests instanceof OwnChecks ? failure.asItIs() : failure;
        });
    }
}
