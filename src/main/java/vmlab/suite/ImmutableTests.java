package vmlab.suite;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.power.NodeReboot;
import vmlab.run.CheckResult;
import vmlab.run.Run;
import vmlab.run.SuiteResult;
import vmlab.site.NodeLogin;
import vmlab.spec.Suite;
import vmlab.ssh.SshSession;
import vmlab.suite.immutable.ImmutableSuite;
import vmlab.suite.immutable.Rebooter;

/** Whether each node's system keeps its promises; one node after the other, since each is rebooted. */
final class ImmutableTests implements TestSuite {

    @Override
    public String doing() {
        return "see what the nodes may change and what a reboot takes from them";
    }

    @Override
    public SuiteResult run(TestedLab lab, Run run) throws InterruptedException {
        Instant start = Instant.now();
        List<CheckResult> checks = new ArrayList<>();
        NodeReboot reboot = new NodeReboot(lab.site(), lab.name(), run);
        for (NodeLogin node : NodeLogin.of(lab.site(), lab.name(), lab.node())) {
            SshSession ssh = reboot.awaitSsh(node, "");
            Optional<Rebooter> rebooter = lab.reboots() ? Optional.of(new Button(reboot, node)) : Optional.empty();
            checks.addAll(new ImmutableSuite(node.node(), ssh, run).check(rebooter));
        }
        return new SuiteResult(Suite.IMMUTABLE.toString(), List.copyOf(checks), Duration.between(start, Instant.now()));
    }

    private record Button(NodeReboot reboot, NodeLogin node) implements Rebooter {

        @Override
        public SshSession reboot(SshSession before) throws InterruptedException {
            return reboot.reboot(node, before);
        }

        @Override
        public String ready() throws InterruptedException {
            return reboot.awaitReady(List.of(node)).toString();
        }
    }
}
