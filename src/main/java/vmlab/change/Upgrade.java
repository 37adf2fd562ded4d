package vmlab.change;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.make.Bootable;
import vmlab.make.BuildImage;
import vmlab.make.ChooseNetworks;
import vmlab.plan.Accelerator;
import vmlab.plan.Action;
import vmlab.plan.AppliedSpec;
import vmlab.plan.Aspect;
import vmlab.plan.Inventory;
import vmlab.plan.NodePlan;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.site.Access;
import vmlab.site.Identity;
import vmlab.site.LabLock;
import vmlab.site.Site;
import vmlab.spec.Cluster;
import vmlab.spec.Timeouts;

/**
 * Gives nodes of a lab that is up another image ({@code lab upgrade}) or the one before ({@code lab rollback}). Workers come first, so
 * that an image that does not work shows on a node that the API can do without. What is on the state disk stays.
 */
public final class Upgrade {

    private final Site site;
    private final Images images;
    private final Timeouts patience;

    /** On {@code site}, with images of {@code images}; {@code patience}: how long a node may take with its other image. */
    public Upgrade(Site site, Images images, Timeouts patience) {
        this.site = site;
        this.images = images;
        this.patience = patience;
    }

    /** Boots the nodes {@code names} (none named: all) from the image of {@code recipe}; returns those that changed. */
    public List<String> to(Path recipe, Cluster cluster, List<String> names, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, cluster.name())) {
            BootImage image = run.perform(new BuildImage(images), recipe);
            while (!images.claim(image, site.folder(cluster.name()).path(), run)) {
                image = run.perform(new BuildImage(images), recipe);
            }
            String digest = image.digest();
            return roll(PhaseName.UPGRADE, cluster, names, image, (node, made) -> digest, run);
        }
    }

    /** Boots the nodes {@code names} (none named: all that have one) from the image that they had before. */
    public List<String> back(Cluster cluster, List<String> names, Run run) throws InterruptedException {
        try (LabLock lock = LabLock.take(site, cluster.name())) {
            Inventory found = site.inventory(cluster.name());
            BootImage any = anyImage(found).orElseThrow(() -> Access.notUp(cluster.name()));
            return roll(
                    PhaseName.ROLLBACK,
                    cluster,
                    names,
                    any,
                    (node, made) -> previous(node, made, !names.isEmpty()),
                    run);
        }
    }

    /** One that the store has still: the others lie beside it. */
    private Optional<BootImage> anyImage(Inventory found) throws InterruptedException {
        for (var domain : found.domains()) {
            for (String digest : List.of(domain.made().previous(), domain.made().image())) {
                Optional<BootImage> image = images.ofDigest(digest);
                if (!digest.isEmpty() && image.isPresent()) {
                    return image;
                }
            }
        }
        return Optional.empty();
    }

    private String previous(NodePlan node, AppliedSpec made, boolean named) throws InterruptedException {
        if (made.previous().isEmpty() && !named) {
            return made.image();
        }
        return images.ofDigest(made.previous())
                .map(BootImage::digest)
                .orElseThrow(() -> LabFailure.input(
                        "node " + node.name() + " has no image to go back to",
                        made.previous().isEmpty()
                                ? "it has had one image only"
                                : "the store has lost " + AppliedSpec.shortly(made.previous()),
                        "lab upgrade --image RECIPE gives it another one"));
    }

    private List<String> roll(
            PhaseName command, Cluster cluster, List<String> names, BootImage image, Rolling.Images which, Run run)
            throws InterruptedException {
        Inventory everything = site.everything(cluster.name());
        Inventory found = everything.of(cluster.name());
        if (found.domains().isEmpty()) {
            throw Access.notUp(cluster.name());
        }
        Plan plan = new ChooseNetworks(cluster, everything, Identity.isHere(site.uri())).plan();
        Accelerator accelerator = found.domains().getFirst().accelerator();
        Bootable lab = new Bootable(plan, accelerator, found, image);
        refuseOtherEdits(lab);
        List<NodePlan> nodes = chosen(plan, names);
        // What can't be had is refused before the first node is touched.
        for (NodePlan node : nodes) {
            which.digest(node, found.domain(node.name()).orElseThrow().made());
        }
        return run.perform(new Rolling(site, command), new Rolling.Request(lab, nodes, which, patience));
    }

    /** Nodes are described anew with their image, which would carry out an edit on the way. */
    private static void refuseOtherEdits(Bootable lab) {
        Optional<Action> edit = lab.actions().stream()
                .filter(action -> !(action instanceof Action.RestartNode restart
                        && restart.changes().stream().allMatch(change -> change.aspect() == Aspect.IMAGE)))
                .findFirst();
        edit.ifPresent(action -> {
            throw LabFailure.input(
                    "lab " + lab.plan().lab() + " is not as cluster.yaml says",
                    (action.node() + " " + action.text()).strip(),
                    "lab up first, then change images");
        });
    }

    private static List<NodePlan> chosen(Plan plan, List<String> names) {
        for (String name : names) {
            if (plan.nodes().stream().noneMatch(node -> node.name().equals(name))) {
                throw LabFailure.input(
                        "lab " + plan.lab() + " has no node " + name,
                        "its nodes are "
                                + String.join(
                                        ", ",
                                        plan.nodes().stream()
                                                .map(NodePlan::name)
                                                .toList()),
                        "name some of them, or none for all");
            }
        }
        return plan.nodes().stream()
                .filter(node -> names.isEmpty() || names.contains(node.name()))
                .sorted(Comparator.comparing(node -> node.spec().role().isController()))
                .toList();
    }
}
