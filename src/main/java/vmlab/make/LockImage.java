package vmlab.make;

import java.nio.file.Path;
import vmlab.image.Images;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;

/** Writes down which packages a recipe takes today. */
public final class LockImage implements Phase<Path, Path> {

    private final Images images;

    /** A lock made as {@code images} would build. */
    public LockImage(Images images) {
        this.images = images;
    }

    @Override
    public String name() {
        return PhaseName.LOCK.toString();
    }

    @Override
    public String doing() {
        return "find out which packages the recipe takes";
    }

    @Override
    public Path run(Path recipe, Run run) throws InterruptedException {
        return images.lock(recipe, run);
    }
}
