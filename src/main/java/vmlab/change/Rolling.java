package vmlab.change;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.kube.KubeApi;
import vmlab.kube.KubeNode;
import vmlab.make.Bootable;
import vmlab.make.NodeMachine;
import vmlab.make.ServeBoot;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Inventory.DomainFound;
import vmlab.plan.LabFolder;
import vmlab.plan.NodePlan;
import vmlab.power.Cordons;
import vmlab.run.LabFailure;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Reading;
import vmlab.run.Run;
import vmlab.site.Site;
import vmlab.spec.Timeouts;

/**
 * Boots the nodes of a request from other images, one after the other, each into a cluster that is Ready. A node that does not come up
 * goes back to the image that it had, and the nodes after it keep theirs; so does one with which the cluster does not become Ready.
 */
final class Rolling implements Phase<Rolling.Request, List<String>> {

    /**
     * What to do.
     *
     * @param lab with what libvirt has of it
     * @param nodes in the order in which they are taken
     * @param patience how long a node may take with its other image; for the way back cluster.yaml's own limits hold
     */
    record Request(Bootable lab, List<NodePlan> nodes, Images images, Timeouts patience) {}

    /** The digest of the image that a node is to boot, from what it is made of. */
    @FunctionalInterface
    interface Images {
        String digest(NodePlan node, AppliedSpec made) throws InterruptedException;
    }

    private final Site site;
    private final PhaseName name;

    /** {@code name}: of the command. */
    Rolling(Site site, PhaseName name) {
        this.site = site;
        this.name = name;
    }

    @Override
    public String name() {
        return name.toString();
    }

    @Override
    public String doing() {
        return "boot another image on one node after the other";
    }

    @Override
    public List<String> run(Request wanted, Run run) throws InterruptedException {
        List<String> changed = new ArrayList<>();
        Bootable lab = wanted.lab();
        LabFolder folder = site.folder(lab.plan().lab());
        try (KubeApi api = KubeApi.of(site.access(lab.plan().lab()))) {
            new Cordons(folder, api, run, Reboot.answer(site, lab)).uncordonAll();
            for (NodePlan node : wanted.nodes()) {
                DomainFound domain = lab.found().domain(node.name()).orElseThrow();
                String digest = wanted.images().digest(node, domain.made());
                if (digest.equals(domain.made().image())) {
                    run.note(node.name() + " runs image " + AppliedSpec.shortly(digest) + " already");
                    continue;
                }
                swap(wanted, node, domain.made(), digest, api, run);
                run.note("%s: %s → %s"
                        .formatted(
                                node.name(), AppliedSpec.shortly(domain.made().image()), AppliedSpec.shortly(digest)));
                changed.add(node.name());
            }
        }
        run.result(changed.isEmpty() ? "unchanged" : String.join(", ", changed));
        return changed;
    }

    private void swap(Request wanted, NodePlan node, AppliedSpec was, String digest, KubeApi api, Run run)
            throws InterruptedException {
        Bootable lab = wanted.lab();
        LabFolder folder = site.folder(lab.plan().lab());
        Reboot there = new Reboot(site, folder, api, lab, lab.limits(site, wanted.patience()), run);
        Reboot back = new Reboot(site, folder, api, lab, run);
        Optional<String> before;
        try {
            before = node.spec().role().runsPods() ? there.drain(node.name()) : Optional.empty();
            there.shutDown(node);
        } catch (InterruptedException | UncheckedIOException stop) {
            there.bringBack(node, Optional.empty());
            throw stop;
        }
        try {
            give(lab, node, was.booting(digest), run);
            there.start(node, before);
            RestartNodes.awaitAll(site, lab, api, run);
        } catch (InterruptedException | UncheckedIOException stop) {
            there.bringBack(node, Optional.of(() -> give(lab, node, was, run)));
            throw stop;
        } catch (LabFailure failure) {
            run.note("%s did not come up with image %s: %s; it goes back to %s"
                    .formatted(
                            node.name(), AppliedSpec.shortly(digest), failure.why(), AppliedSpec.shortly(was.image())));
            Optional<String> seen = seen(node, api).or(() -> before);
            site.engine().machines().cutPower(node.domain());
            give(lab, node, was, run);
            back.start(node, seen);
            RestartNodes.awaitAll(site, lab, api, run);
            throw LabFailure.lab(
                            "node " + node.name() + " did not come up with image " + AppliedSpec.shortly(digest),
                            failure.what() + ": " + failure.why(),
                            "it runs its previous image, " + AppliedSpec.shortly(was.image())
                                    + ", again; lab logs shows what it wrote, lab image show what is in the other one")
                    .on(node.name())
                    .causedBy(failure);
        }
    }

    /** The boot that the API saw last, should it answer: what it says of the node is of that one for a while. */
    private static Optional<String> seen(NodePlan node, KubeApi api) throws InterruptedException {
        return new KubeNode(api, node.name()).boot() instanceof Reading.Ready<Optional<String>>(var boot)
                ? boot
                : Optional.empty();
    }

    private void give(Bootable lab, NodePlan node, AppliedSpec made, Run run) throws InterruptedException {
        new NodeMachine(site, lab, node).define(made);
        new ServeBoot(site).serveWhatNodesBoot(lab, run);
    }
}
