package vmlab.make;

import java.nio.file.Path;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;

/** Finds a recipe's image in the store, or builds it. */
public final class BuildImage implements Phase<Path, BootImage> {

    private final Images images;
    private final boolean locked;

    /** A build into {@code images}. */
    public BuildImage(Images images) {
        this(images, false);
    }

    /** The same; {@code locked}: from the lock beside the recipe. */
    public BuildImage(Images images, boolean locked) {
        this.images = images;
        this.locked = locked;
    }

    @Override
    public String name() {
        return PhaseName.IMAGE.toString();
    }

    @Override
    public String doing() {
        return "build what the nodes boot";
    }

    @Override
    public BootImage run(Path recipe, Run run) throws InterruptedException {
        return locked ? images.resolveLocked(recipe, run) : images.resolve(recipe, run);
    }
}
