package vmlab.change;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.kube.JoinToken;
import vmlab.kube.KubeApi;
import vmlab.kube.KubeNode;
import vmlab.make.Bootable;
import vmlab.make.NodeDisks;
import vmlab.make.NodeMachine;
import vmlab.plan.Action;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.ready.ClusterUp;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.spec.Role;

/**
 * Gives workers that never joined a fresh token where theirs may have expired while the lab stood still. One that has joined needs none:
 * it has a certificate of its own.
 */
public final class RenewTokens implements Phase<ClusterUp, ClusterUp> {

    private final Site site;
    private final Clock clock;

    /** The phase on {@code site}. */
    public RenewTokens(Site site) {
        this(site, Clock.systemUTC());
    }

    RenewTokens(Site site, Clock clock) {
        this.site = site;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PhaseName.TOKENS.toString();
    }

    @Override
    public String doing() {
        return "see whether workers that were off can still join";
    }

    /** Whether workers of an earlier run were started. */
    public static boolean isNeeded(ClusterUp cluster) {
        return started(cluster.lab().lab()).findAny().isPresent();
    }

    private static Stream<NodePlan> started(Bootable lab) {
        return lab.actions().stream()
                .filter(Action.StartNode.class::isInstance)
                .map(action -> lab.plan().node(action.node()))
                .filter(node -> node.spec().role() == Role.WORKER);
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        LabFolder folder = site.folder(lab.plan().lab());
        List<NodePlan> doubtful =
                started(lab).filter(node -> mayHaveExpired(node, folder)).toList();
        run.result("all good");
        if (doubtful.isEmpty()) {
            return cluster;
        }
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            Reboot reboot = new Reboot(site, folder, api, lab, run);
            for (NodePlan node : doubtful) {
                KubeNode known = new KubeNode(api, node.name());
                if (!run.await(node.name(), "the API", Reboot.answer(site, lab)).until(known::isKnown)) {
                    run.note(node.name() + " has not joined, and its join token expired or soon will: renewed");
                    site.engine().machines().cutPower(node.domain());
                    ChangeNodes.admit(site, lab, folder, api, run);
                    NodeDisks.of(site, lab, node).renew();
                    if (site.engine().keepsDisks()) {
                        new NodeMachine(site, lab, node).define();
                    }
                    reboot.start(node, Optional.empty());
                    run.result("renewed");
                }
            }
        }
        return cluster;
    }

    /** A token was good for that much at least when it was laid on the node's disk; one of an engine's is no older than the host key on it. */
    boolean mayHaveExpired(NodePlan node, LabFolder folder) {
        Path disk = folder.configDisk(node.name());
        try {
            return Files.getLastModifiedTime(Files.exists(disk) ? disk : folder.hostKey(node.name()))
                    .toInstant()
                    .plus(JoinToken.SPARE)
                    .isBefore(clock.instant());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
