package vmlab.make;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import vmlab.plan.Action;
import vmlab.plan.NodePlan;
import vmlab.run.Event;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.LabState;
import vmlab.site.LastLines;
import vmlab.site.Site;

/** Makes the virtual machines that the lab begins with, and switches on what is off; the ones that run are left alone. */
public final class PowerOnNodes implements Phase<Bootable, Started> {

    private final Site site;

    /** The phase on {@code site}. */
    public PowerOnNodes(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.POWER.toString();
    }

    @Override
    public String doing() {
        return "switch the nodes on";
    }

    @Override
    public Started run(Bootable lab, Run run) throws InterruptedException {
        run.emit(planned(lab));
        LabState.wake(site, lab.found());
        Set<String> started = new HashSet<>();
        for (Action action : lab.actions()) {
            switch (action) {
                case Action.AddNode added
                when !added.joins() -> {
                    NodePlan node = lab.plan().node(added.node());
                    new NodeMachine(site, lab, node).define();
                    start(lab, node, started);
                }
                case Action.StartNode off -> {
                    NodePlan node = lab.plan().node(off.node());
                    if (!off.changes().isEmpty()) {
                        NodeDisks.of(site, lab, node).renew();
                        new NodeMachine(site, lab, node).define();
                    }
                    start(lab, node, started);
                }
                default -> {
                    // Edits of a cluster that runs come later.
                }
            }
        }
        run.result(started.isEmpty() ? "unchanged" : started.size() + (started.size() == 1 ? " node" : " nodes"));
        return new Started(lab, started);
    }

    private void start(Bootable lab, NodePlan node, Set<String> started) {
        // What an earlier boot said must not be taken for this one's.
        LastLines.putAside(site.folder(lab.plan().lab()).serialLog(node.name()));
        site.engine().machines().start(node.domain());
        started.add(node.name());
    }

    /** What is about to come up, for whoever shows it. */
    public static Event planned(Bootable lab) {
        return new Event.Planned(
                Instant.now(),
                lab.plan().lab(),
                lab.accelerator().name(),
                lab.image().name(),
                lab.plan().nodes().stream()
                        .map(node -> new Event.PlannedNode(
                                node.name(),
                                node.spec().role().toString(),
                                node.spec().boot().toString(),
                                node.address().getHostAddress()))
                        .toList());
    }
}
