package vmlab.make;

import java.util.List;
import vmlab.registry.StoredImage;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;

/**
 * Brings container images into the store, or from there into a registry, with progress.
 *
 * @param doing what progress calls it
 */
public record BringImage<I>(String doing, Way<I> way) implements Phase<I, List<StoredImage>> {

    /** How one comes. */
    public interface Way<I> {
        List<StoredImage> bring(I wanted, Run run) throws InterruptedException;
    }

    @Override
    public String name() {
        return PhaseName.IMAGES.toString();
    }

    @Override
    public List<StoredImage> run(I wanted, Run run) throws InterruptedException {
        List<StoredImage> images = way.bring(wanted, run);
        run.result(String.join(", ", images.stream().map(StoredImage::name).toList()));
        return images;
    }
}
