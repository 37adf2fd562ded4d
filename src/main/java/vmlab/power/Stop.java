package vmlab.power;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.LabState;
import vmlab.site.LastLines;
import vmlab.site.NodeLogin;
import vmlab.site.Site;

/**
 * Switches a lab's nodes off by their power buttons, all at once, then its networks and its boot server. What they are and what is on their
 * disks stays, so that it can be started again, also after a reboot of this machine.
 */
public final class Stop implements Phase<String, Integer> {

    private final Site site;
    private final Duration limit;
    private final boolean force;

    /**
     * A stop on {@code site}.
     *
     * @param limit how long a node may take to end by itself
     * @param force whether the power is taken from one that has not ended by then
     */
    public Stop(Site site, Duration limit, boolean force) {
        this.site = site;
        this.limit = limit;
        this.force = force;
    }

    @Override
    public String name() {
        return PhaseName.STOP.toString();
    }

    @Override
    public String doing() {
        return "press the nodes' power buttons and wait until they are off";
    }

    /** Stops the lab of this name; returns how many nodes were running. */
    @Override
    public Integer run(String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, lab)) {
            LabState.wake(site, site.inventory(lab));
            List<NodeLogin> running = NodeLogin.of(site, lab, Optional.empty()).stream()
                    .filter(node -> site.engine().machines().isRunning(node.domain()))
                    .toList();
            running.forEach(node -> site.engine().machines().pressPowerButton(node.domain()));
            for (NodeLogin node : running) {
                await(node, run);
            }
            rest(lab);
            run.result(running.isEmpty() ? "nothing was running" : running.size() + " off");
            return running.size();
        }
    }

    /** With nothing of any lab running, the embedded host ends as well. */
    private void rest(String lab) {
        ServeBoot.process(site.folder(lab)).stop();
        site.inventory(lab).networks().stream()
                .filter(NetworkFound::active)
                .forEach(network -> site.engine().networks().stop(network.name()));
    }

    private void await(NodeLogin node, Run run) throws InterruptedException {
        try {
            run.await(node.node(), "its shutdown", limit)
                    .until(() -> site.engine().machines().isRunning(node.domain())
                            ? new Reading.NotYet<>(LastLines.of(node.folder().serialLog(node.node()), 1))
                            : new Reading.Ready<>(node));
        } catch (LabFailure still) {
            if (!force) {
                throw LabFailure.lab(
                                "it has not ended within " + limit.toSeconds() + " s",
                                still.why(),
                                "lab stop --force takes the power from it; lab console shows what it does")
                        .on(node.node());
            }
            site.engine().machines().cutPower(node.domain());
            run.note(node.node() + " had not ended within " + limit.toSeconds() + " s: its power was taken");
        }
    }
}
