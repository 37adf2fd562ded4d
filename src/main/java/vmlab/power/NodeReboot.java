package vmlab.power;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import vmlab.kube.AfterBoot;
import vmlab.kube.ClusterState;
import vmlab.kube.KubeApi;
import vmlab.kube.Readiness;
import vmlab.run.Pace;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LastLines;
import vmlab.site.NodeLogin;
import vmlab.site.Site;
import vmlab.ssh.SshSession;

/** Nodes that go down and come back: waiting for each to let us in, booted anew, and for the cluster to be Ready again. */
public final class NodeReboot {

    /** cluster.yaml and its limits need not be at hand; these suffice for an emulated node on a busy machine. */
    private static final Duration BOOT = Duration.ofMinutes(10);

    private static final Duration READY = Duration.ofMinutes(20);

    private final Site site;
    private final String lab;
    private final Pace pace;
    private final Run run;

    /** Of nodes of {@code lab}. */
    public NodeReboot(Site site, String lab, Run run) throws InterruptedException {
        this.site = site;
        this.lab = lab;
        this.pace = site.pace(lab);
        this.run = run;
    }

    /** How long one waits for a cluster whose nodes boot. */
    static Duration limit(Site site, String lab) throws InterruptedException {
        return site.pace(lab).of(READY);
    }

    /** Presses the node's power button, lets it start again and returns a session on the system that then runs. */
    public SshSession reboot(NodeLogin node, SshSession before) throws InterruptedException {
        String old;
        try (before) {
            old = BootIds.of(before);
            site.engine().machines().reboot(node.domain());
        }
        return awaitSsh(node, old);
    }

    /** Waits until the node lets us in, in another boot than {@code old}; any where that is empty. */
    public SshSession awaitSsh(NodeLogin node, String old) throws InterruptedException {
        return run.await(node.node(), "SSH", pace.of(BOOT))
                .every(Duration.ofSeconds(1))
                .until(() -> look(node, old));
    }

    private Reading<SshSession> look(NodeLogin node, String old) throws InterruptedException {
        if (!site.engine().machines().isRunning(node.domain())) {
            return new Reading.Never<>(
                    "its virtual machine does not run; its console ended with:\n"
                            + LastLines.of(node.folder().serialLog(node.node()), 3),
                    "lab start switches it on");
        }
        if (!node.ssh().isListening()) {
            return new Reading.NotYet<>(
                    "it is on its way: " + LastLines.of(node.folder().serialLog(node.node()), 1));
        }
        Reading<SshSession> login = node.attempt();
        if (login instanceof Reading.Ready<SshSession>(var session)
                && BootIds.of(session).equals(old)) {
            session.close();
            return new Reading.NotYet<>("it has not gone down yet");
        }
        return login;
    }

    /** Waits until the cluster is Ready with all of {@code nodes} in the boot that runs now. */
    public ClusterState awaitReady(List<NodeLogin> nodes) throws InterruptedException {
        var ids = BootIds.of(nodes, this);
        try (KubeApi api = KubeApi.of(site.access(lab))) {
            var readiness = new Readiness(api, Set.of(), Readiness.HOLD, run.clock());
            return run.await("", "the cluster to be Ready", pace.of(READY))
                    .every(Readiness.PACE)
                    .until(new AfterBoot(api, ids, readiness));
        }
    }
}
