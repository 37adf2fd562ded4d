package vmlab.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vmlab.image.BootImage;
import vmlab.image.BuildElsewhere;
import vmlab.image.Images;
import vmlab.make.Bootable;
import vmlab.make.CheckLab;
import vmlab.make.FetchImages;
import vmlab.make.ServiceEdits;
import vmlab.plan.Accelerator;
import vmlab.plan.Action;
import vmlab.plan.Inventory;
import vmlab.plan.LabFolder;
import vmlab.plan.Plan;
import vmlab.run.Run;
import vmlab.spec.Cluster;

/** What {@code lab up} would do, without doing any of it ({@code lab plan}). */
public final class Preview {

    private final CheckLab check;
    private final Images images;
    private final FetchImages containers;

    /**
     * A preview that looks for images in {@code images}, which must not build any, and in {@code containers}.
     *
     * @param check refuses what {@code up} would
     */
    public Preview(CheckLab check, Images images, FetchImages containers) {
        this.check = check;
        this.images = images;
        this.containers = containers;
    }

    /** The actions that would bring {@code cluster} up, in their order, from what libvirt has of all labs. */
    public List<Action> of(Cluster cluster, Inventory everything) throws InterruptedException {
        Run quiet = new Run(event -> {});
        Plan plan = check.of(cluster, everything, quiet);
        List<Action> actions = new ArrayList<>();
        BootImage image;
        try {
            image = images.resolve(cluster.image(), quiet);
        } catch (BuildElsewhere missing) {
            actions.add(new Action.BuildImage(cluster.image().getFileName().toString()));
            image = new BootImage("", "to be built", Path.of(""), "", Map.of());
        }
        List<String> missing = containers.missing(cluster.podImages());
        if (!missing.isEmpty()) {
            actions.add(new Action.FetchImages(missing));
        }
        Inventory found = everything.of(cluster.name());
        actions.addAll(new Bootable(plan, Accelerator.TCG, found, image).actions());
        actions.addAll(ServiceEdits.of(cluster, LabFolder.of(check.home(), cluster.name())));
        return List.copyOf(actions);
    }
}
