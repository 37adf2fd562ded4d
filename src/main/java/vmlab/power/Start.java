package vmlab.power;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import vmlab.boot.BootConfig;
import vmlab.image.Damage;
import vmlab.kube.ClusterState;
import vmlab.kube.KubeApi;
import vmlab.make.ApiDoor;
import vmlab.make.CheckPorts;
import vmlab.make.ServeBoot;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.LabLock;
import vmlab.site.LabState;
import vmlab.site.NodeLogin;
import vmlab.site.Site;
import vmlab.spec.Forwarding;

/** Switches a stopped lab on as it is, without its cluster.yaml, and waits until it is Ready. */
public final class Start implements Phase<String, Integer> {

    private final Site site;

    /** A start on {@code site}. */
    public Start(Site site) {
        this.site = site;
    }

    @Override
    public String name() {
        return PhaseName.START.toString();
    }

    @Override
    public String doing() {
        return "switch the nodes on and wait until the cluster is Ready";
    }

    /** Starts the lab of this name; returns how many nodes were off. */
    @Override
    public Integer run(String lab, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, lab)) {
            List<NodeLogin> nodes = NodeLogin.of(site, lab, Optional.empty());
            requireCameUpOnce(lab);
            LabState.refuseHalfRestored(site.folder(lab));
            int woken = LabState.wake(site, site.inventory(lab));
            List<NodeLogin> off = nodes.stream()
                    .filter(node -> !site.engine().machines().isRunning(node.domain()))
                    .toList();
            if (off.isEmpty()) {
                run.result(woken == 0 ? "all were on" : woken + (woken == 1 ? " goes on" : " go on"));
                return woken;
            }
            requireImages(lab);
            new CheckPorts(site.home(), site.embedded())
                    .run(
                            lab,
                            BootConfig.read(site.folder(lab).bootConfig()).ports().stream()
                                    .map(Forwarding::parse)
                                    .toList());
            standBy(lab, run);
            off.forEach(node -> site.engine().machines().start(node.domain()));
            uncordon(lab, run);
            ClusterState state = new NodeReboot(site, lab, run).awaitReady(nodes);
            run.result(state.toString());
            return off.size();
        }
    }

    /** What a command that was killed left: otherwise pods that wait for these nodes keep the cluster from being Ready. */
    private void uncordon(String lab, Run run) throws InterruptedException {
        LabFolder folder = site.folder(lab);
        if (Cordons.isAnyLeft(folder)) {
            try (KubeApi api = KubeApi.of(site.access(lab))) {
                new Cordons(folder, api, run, NodeReboot.limit(site, lab)).uncordonAll();
            }
        }
    }

    private void requireCameUpOnce(String lab) {
        if (Files.exists(site.folder(lab).origin())) {
            throw LabFailure.lab(
                    "fork " + lab + " cannot be started again",
                    "it did not come up so far",
                    "lab down " + lab + " removes it; lab fork makes another");
        }
        if (!Files.exists(site.folder(lab).kubeconfig())) {
            throw LabFailure.lab(
                    "lab " + lab + " cannot be started again",
                    "it did not come up so far: it has no kubeconfig",
                    "lab up goes on where it stopped");
        }
    }

    /** Read whole: next to a boot that takes no time, and it is all that vouches for a kernel and an initrd. */
    private void requireImages(String lab) {
        BootConfig.read(site.folder(lab).bootConfig()).images().forEach(image -> {
            List<String> damages = Damage.of(image);
            if (!damages.isEmpty()) {
                throw LabFailure.lab(
                        "the image that nodes of lab " + lab + " boot was altered",
                        String.join("; ", damages),
                        Damage.cure(image));
            }
        });
    }

    /** What nodes need to boot, their networks and the boot server, and what their user needs to reach them. */
    private void standBy(String lab, Run run) throws InterruptedException {
        Inventory found = site.inventory(lab);
        new ServeBoot(site).resumeTftp(site.folder(lab));
        found.networks().stream()
                .filter(network -> !network.active())
                .forEach(network -> site.engine().networks().start(network.name()));
        LabFolder folder = site.folder(lab);
        new ServeBoot(site).resume(folder, run);
        new ApiDoor(site, folder).reopen();
    }
}
