package vmlab.suite;

import java.util.Optional;
import vmlab.kube.KubeApi;
import vmlab.kube.smoke.SmokeSuite;
import vmlab.observe.HopTrace;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.NodeLogin;

/** Whether the cluster does what clusters are for. */
final class SmokeTests implements TestSuite {

    @Override
    public String doing() {
        return "see whether the cluster does what clusters do";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        try (KubeApi api = KubeApi.of(lab.kubeconfig())) {
            var nodes = NodeLogin.of(lab.site(), lab.name(), Optional.empty());
            return new SmokeSuite(api, lab.site().pace(lab.name()).of(SmokeSuite.LIMIT), new HopTrace(nodes)).run(run);
        }
    }
}
