package vmlab.phase;

import vmlab.kube.KubeApi;
import vmlab.kube.smoke.CheckResult;
import vmlab.kube.smoke.SmokeSuite;
import vmlab.kube.smoke.SuiteResult;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.Run;

/** Runs the smoke tests that cluster.yaml asks for, once for each start of the lab; {@code lab test} runs them at any time. */
final class SmokeTest implements Phase<ClusterUp, LabUp> {

    @Override
    public String name() {
        return "smoke";
    }

    @Override
    public String doing() {
        return "see whether the cluster does what clusters do";
    }

    @Override
    public LabUp run(ClusterUp cluster, Run run) throws InterruptedException {
        var plan = cluster.lab().lab().plan();
        boolean fresh = cluster.lab().fresh();
        if (!fresh) {
            run.result("not run again; lab test does");
        } else if (!plan.cluster().tests().contains(SmokeSuite.NAME)) {
            run.result("not asked for under tests: in cluster.yaml");
        } else {
            try (KubeApi api = KubeApi.of(cluster.direct())) {
                SuiteResult result = new SmokeSuite(api, SmokeSuite.LIMIT).run(run);
                require(result);
                run.result(result.summary());
            }
        }
        return new LabUp(plan, cluster.file(), fresh);
    }

    private static void require(SuiteResult result) {
        result.checks().stream()
                .filter(check -> check.status() == CheckResult.Status.FAILED)
                .findFirst()
                .ifPresent(failed -> {
                    throw LabFailure.lab(
                            "smoke test \"" + failed.name() + "\" failed (" + result.summary() + ")",
                            failed.evidence(),
                            "lab up --keep leaves the lab to be looked at; lab test runs the checks again");
                });
    }
}
