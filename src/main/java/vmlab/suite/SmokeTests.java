package vmlab.suite;

import java.time.Duration;
import java.util.Optional;
import vmlab.boot.BootConfig;
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
            Duration limit = lab.site().pace(lab.name()).of(SmokeSuite.LIMIT);
            boolean storage = BootConfig.read(lab.folder().bootConfig()).storage();
            SuiteResult cluster = new SmokeSuite(
                            api,
                            limit,
                            new HopTrace(nodes),
                            storage,
                            lab.site().engine().road(lab.name())::to)
                    .run(run);
            return cluster.with(new ConsoleClean(nodes, lab.found().domains()).check(run));
        }
    }
}
