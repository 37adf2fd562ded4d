package vmlab.ready;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import vmlab.make.Started;
import vmlab.observe.BootWatch;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Run;
import vmlab.run.Scope;
import vmlab.site.NodeSsh;
import vmlab.site.Site;
import vmlab.ssh.SshSession;

/** Waits until every node has booted so far that it can be logged in to, with the host key that lab gave it. */
public final class AwaitSsh implements Phase<Started, LoggedIn> {

    /** As long as a login may take a node that starves: one given up is one more to be answered. */
    private static final Duration ATTEMPT = Duration.ofSeconds(45);

    private final Site site;
    private final Scope scope;

    /** The phase on {@code site}; sessions stay open as long as {@code scope}. */
    public AwaitSsh(Site site, Scope scope) {
        this.site = site;
        this.scope = scope;
    }

    @Override
    public String name() {
        return PhaseName.SSH.toString();
    }

    @Override
    public String doing() {
        return "wait until the nodes have pulled their system and let us in";
    }

    @Override
    public LoggedIn run(Started lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab.lab().plan().lab());
        if (!lab.fresh() && Files.exists(folder.kubeconfig())) {
            run.result("unchanged");
            return new LoggedIn(lab, Optional.empty());
        }
        Optional<SshSession> controller = Optional.empty();
        for (NodePlan node : lab.lab().plan().nodes()) {
            if (!lab.nodes().contains(node.name())
                    && !node.equals(lab.lab().plan().controller())) {
                continue;
            }
            BootWatch watch = new BootWatch(site, folder, node);
            NodeSsh ssh = site.ssh(node, lab.lab().plan().lab());
            SshSession session = scope.keep(
                    run.await(node.name(), "SSH", lab.lab().limits(site).boot()).until(() -> look(ssh, watch)));
            if (node.equals(lab.lab().plan().controller())) {
                controller = Optional.of(session);
            }
        }
        return new LoggedIn(lab, controller);
    }

    private static Reading<SshSession> look(NodeSsh node, BootWatch watch) throws InterruptedException {
        Optional<Never<SshSession>> dead = watch.dead();
        if (dead.isPresent()) {
            return dead.get();
        }
        if (!node.isListening()) {
            return new NotYet<>(watch.lastWord().orElse("the firmware starts"));
        }
        return node.login(ATTEMPT);
    }
}
