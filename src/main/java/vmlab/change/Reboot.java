package vmlab.change;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import vmlab.kube.Drain;
import vmlab.kube.KubeApi;
import vmlab.kube.KubeNode;
import vmlab.make.Bootable;
import vmlab.observe.BootWatch;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.power.Cordons;
import vmlab.run.LabFailure;
import vmlab.run.Reading;
import vmlab.run.Reading.Never;
import vmlab.run.Reading.NotYet;
import vmlab.run.Reading.Ready;
import vmlab.run.Run;
import vmlab.site.LastLines;
import vmlab.site.NodeSsh;
import vmlab.site.Site;
import vmlab.spec.Limits;

/** Takes one node of a running cluster out of it, and back in: drained and shut down, changed while it is off, started, Ready. */
final class Reboot {

    /** How long a node may take for its way down before its power is cut: k0s alone is given 90 seconds. */
    private static final Duration POWER_OFF = Duration.ofMinutes(3);

    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final Site site;
    private final LabFolder folder;
    private final KubeApi api;
    private final Limits limits;
    private final Duration answer;
    private final Duration powerOff;
    private final Cordons cordons;
    private final Run run;
    private boolean goesDown;

    /** With the limits that hold for {@code lab}. */
    Reboot(Site site, LabFolder folder, KubeApi api, Bootable lab, Run run) throws InterruptedException {
        this(site, folder, api, lab, lab.limits(site), run);
    }

    /** With limits of its own. */
    Reboot(Site site, LabFolder folder, KubeApi api, Bootable lab, Limits limits, Run run) throws InterruptedException {
        this.site = site;
        this.folder = folder;
        this.api = api;
        this.limits = limits;
        this.answer = answer(site, lab);
        this.powerOff = site.pace(lab.accelerator()).of(POWER_OFF);
        this.cordons = new Cordons(folder, api, run, answer);
        this.run = run;
    }

    /** How long a single answer of the API is waited for, which may be away for a while. */
    static Duration answer(Site site, Bootable lab) throws InterruptedException {
        return site.pace(lab.accelerator()).of(ANSWER);
    }

    /** Lets no pod onto the node and moves those away that are there; returns the boot that the node is in, where the API knows it. */
    Optional<String> drain(String node) throws InterruptedException {
        KubeNode known = new KubeNode(api, node);
        if (run.await(node, "the API", answer).until(known::isAlone)) {
            run.note(node + ": no other node could take its pods, so they stay and end with it");
            return run.await(node, "the API", answer).until(known::boot);
        }
        Optional<String> boot = cordons.cordon(node);
        List<String> left = run.await(node, "the pods to leave", limits.drain().plus(answer))
                .every(Drain.PACE)
                .until(new Drain(api, node, limits.drain()));
        if (!left.isEmpty()) {
            run.note(String.format(
                    Locale.ROOT,
                    "%s: %s did not leave within %d s and end with it",
                    node,
                    String.join(", ", left),
                    limits.drain().toSeconds()));
        }
        return boot;
    }

    /** Presses the power button, and pulls the plug of a node that does not heed it. */
    void shutDown(NodePlan node) throws InterruptedException {
        goesDown = true;
        site.engine().machines().pressPowerButton(node.domain());
        Instant plug = Instant.now().plus(powerOff);
        run.await(node.name(), "power off", powerOff.multipliedBy(2)).until(() -> {
            if (!site.engine().machines().isRunning(node.domain())) {
                return new Ready<>("off");
            }
            if (Instant.now().isAfter(plug)) {
                run.note(node.name() + " did not heed the power button: its power is cut");
                site.engine().machines().cutPower(node.domain());
            }
            return new NotYet<>("it shuts down");
        });
    }

    /** Starts a node that was in {@code before}, awaits it, and lets pods onto it again. */
    void start(NodePlan node, Optional<String> before) throws InterruptedException {
        // What it said before counts no more.
        LastLines.putAside(folder.serialLog(node.name()));
        Instant now = Instant.now();
        goesDown = false;
        site.engine().machines().start(node.domain());
        BootWatch watch = new BootWatch(site, folder, node, now);
        awaitBoot(node, watch);
        KubeNode known = new KubeNode(api, node.name());
        run.await(node.name(), "a node that is Ready", limits.ready())
                .every(Drain.PACE)
                .until(() -> unless(
                        watch.deadOrLooping(),
                        () -> node.spec().role().runsPods() ? known.readyAfter(before) : controlPlane(node)));
        if (node.spec().role().runsPods()) {
            cordons.uncordon(node.name());
        }
    }

    /** What is done to a node that is off before it is switched on again. */
    interface Change {
        void make() throws InterruptedException;
    }

    /**
     * Leaves a node on and open to pods, wherever on its way it was when the command was interrupted; does not wait for its boot.
     *
     * @param change makes good what was done to it already; where there is anything, its power is cut for that
     */
    void bringBack(NodePlan node, Optional<Change> change) {
        boolean again = Thread.interrupted();
        try {
            if (goesDown) {
                shutDown(node);
            }
            if (change.isPresent()) {
                site.engine().machines().cutPower(node.domain());
                change.get().make();
            }
            if (!site.engine().machines().isRunning(node.domain())) {
                LastLines.putAside(folder.serialLog(node.name()));
                site.engine().machines().start(node.domain());
            }
            cordons.uncordon(node.name());
            run.note(node.name() + " is on and takes pods again");
        } catch (LabFailure | UncheckedIOException left) {
            run.note(node.name() + " is not yet as it was (" + left.getMessage() + "): lab up goes on from here");
        } catch (InterruptedException stop) {
            again = true;
        }
        if (again) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a node has booted so far that it can be logged in to. */
    void awaitBoot(NodePlan node, BootWatch watch) throws InterruptedException {
        NodeSsh ssh = site.ssh(folder, node.name(), node.address().getHostAddress());
        run.await(node.name(), "SSH", limits.boot())
                .until(() -> unless(
                        watch.dead(),
                        () -> ssh.isListening()
                                ? new Ready<>("sshd listens")
                                : new NotYet<>(watch.lastWord().orElse("the firmware starts"))));
    }

    private Reading<String> controlPlane(NodePlan node) throws InterruptedException {
        return site.apiPort(folder.lab(), node).isOpen()
                ? api.health()
                : new NotYet<>("k0s starts; its API does not listen yet");
    }

    private interface Look {
        Reading<String> read() throws InterruptedException;
    }

    private static Reading<String> unless(Optional<Never<String>> dead, Look look) throws InterruptedException {
        return dead.isPresent() ? dead.get() : look.read();
    }
}
