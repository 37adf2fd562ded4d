package vmlab.change;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vmlab.engine.Machines;
import vmlab.kube.JoinToken;
import vmlab.kube.KubeApi;
import vmlab.kube.KubeNode;
import vmlab.kube.storage.LostVolumes;
import vmlab.make.Bootable;
import vmlab.make.NodeDisks;
import vmlab.make.NodeMachine;
import vmlab.observe.BootWatch;
import vmlab.plan.Action;
import vmlab.plan.Aspect;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.power.MachineStates;
import vmlab.ready.ClusterUp;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Site;

/** Carries out the edits that restart nothing: nodes that go, nodes that come, labels and taints. */
public final class ChangeNodes implements Phase<ClusterUp, ClusterUp> {

    private final Site site;

    /** The phase on {@code site}. */
    public ChangeNodes(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.CHANGE.toString();
    }

    @Override
    public String doing() {
        return "remove and add nodes";
    }

    /** Whether there is anything of it to do in a cluster that existed before this run. */
    public static boolean isNeeded(ClusterUp cluster) {
        Bootable lab = cluster.lab().lab();
        return !lab.begins()
                && lab.actions().stream()
                        .anyMatch(action -> action instanceof Action.AddNode
                                || action instanceof Action.RemoveNode
                                || action instanceof Action.RelabelNode);
    }

    @Override
    public ClusterUp run(ClusterUp cluster, Run run) throws InterruptedException {
        Bootable lab = cluster.lab().lab();
        LabFolder folder = site.folder(lab.plan().lab());
        List<NodePlan> joining = new ArrayList<>();
        List<String> done = new ArrayList<>();
        try (KubeApi api = KubeApi.of(cluster.direct())) {
            Reboot reboot = new Reboot(site, folder, api, lab, run);
            for (Action action : lab.actions()) {
                switch (action) {
                    case Action.RemoveNode(var node) -> {
                        remove(lab, node, reboot, api, run);
                        done.add("removed " + node);
                    }
                    case Action.RelabelNode relabel -> {
                        relabel(lab, relabel, api, run);
                        done.add("changed " + relabel.node());
                    }
                    case Action.AddNode added -> {
                        admit(site, lab, folder, api, run);
                        if (added.joins()) {
                            joining.add(lab.plan().node(added.node()));
                        }
                        done.add("added " + added.node());
                    }
                    default -> {
                        // PowerOnNodes and RestartNodes do the rest.
                    }
                }
            }
            for (NodePlan node : joining) {
                add(lab, node, folder);
            }
            for (NodePlan node : joining) {
                reboot.awaitBoot(node, new BootWatch(site, folder, node));
            }
        }
        run.result(String.join(", ", done));
        return cluster;
    }

    /** The token that lay on the controllers' disks has expired long since, or there was none: the cluster is given the current one. */
    static void admit(Site site, Bootable lab, LabFolder folder, KubeApi api, Run run) throws InterruptedException {
        Duration answer = Reboot.answer(site, lab);
        JoinToken workers = JoinToken.readOrMake(JoinToken.Kind.WORKER, folder.joinToken());
        run.await("", "the API", answer).until(() -> workers.publish(api));
        if (lab.plan().hasSeveralControllers()) {
            JoinToken controllers = JoinToken.readOrMake(JoinToken.Kind.CONTROLLER, folder.controllerToken());
            run.await("", "the API", answer).until(() -> controllers.publish(api));
        }
    }

    private void add(Bootable lab, NodePlan node, LabFolder folder) throws InterruptedException {
        NodeDisks.of(site, lab, node).make();
        NodeDisks.writeKnownHosts(lab.plan(), folder);
        site.engine().networks().admit(lab.plan(), node);
        new NodeMachine(site, lab, node).define();
        site.engine().machines().start(node.domain());
    }

    private void remove(Bootable lab, String node, Reboot reboot, KubeApi api, Run run) throws InterruptedException {
        var domain = lab.found().domain(node).orElseThrow();
        KubeNode known = new KubeNode(api, node);
        Duration answer = Reboot.answer(site, lab);
        boolean isMember = run.await(node, "the API", answer).until(known::isKnown);
        if (isMember && domain.running()) {
            reboot.drain(node);
        }
        run.await(node, "the API", answer).until(known::delete);
        int lost = run.await(node, "the API", answer).until(() -> LostVolumes.of(api, node));
        if (lost > 0) {
            run.note(node + ": its volumes go with its disk, " + lost + "; their claims are Lost");
        }
        // The machine last: killed before, an up finds it and goes on. A disk without one would be kept for a new node,
        // and
        // an address in the network's lists would make of that one a node of the beginning.
        LabFolder folder = site.folder(lab.plan().lab());
        site.engine().machines().cutPower(domain.name());
        NodeDisks.remove(folder, node);
        lab.found().networks().forEach(network -> site.engine().networks().forget(network.name(), node));
        Machines machines = site.engine().machines();
        machines.remove(domain.name());
        MachineStates.await("gone", node, domain.name(), machines, run);
        NodeDisks.writeKnownHosts(lab.plan(), folder);
    }

    private void relabel(Bootable lab, Action.RelabelNode action, KubeApi api, Run run) throws InterruptedException {
        NodePlan node = lab.plan().node(action.node());
        var was = lab.found().domain(node.name()).orElseThrow();
        List<String> oldLabels = words(was.made().of(Aspect.LABELS))
                .map(label -> label.split("=", 2)[0])
                .toList();
        List<String> oldTaints = words(was.made().of(Aspect.TAINTS)).toList();
        KubeNode known = new KubeNode(api, node.name());
        run.await(node.name(), "the API", Reboot.answer(site, lab))
                .until(() -> known.relabel(
                        oldLabels, node.spec().labels(), oldTaints, node.spec().taints()));
        site.engine()
                .machines()
                .mark(was.name(), was.mark(), was.made().with(lab.made(node), Aspect.LABELS, Aspect.TAINTS));
    }

    private static Stream<String> words(String joined) {
        return Arrays.stream(joined.split(",")).filter(word -> !word.isEmpty());
    }
}
