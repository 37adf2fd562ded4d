package vmlab.make;

import java.util.ArrayList;
import java.util.List;
import vmlab.image.BuildElsewhere;
import vmlab.registry.WantedImages;
import vmlab.run.Phase;
import vmlab.run.PhaseName;
import vmlab.run.Run;
import vmlab.spec.PodImages;

/** Brings the container images that cluster.yaml names into the store, before anything is made. */
public final class FetchImages implements Phase<PodImages, List<String>> {

    private final WantedImages images;
    private final boolean mayFetch;

    /** {@code mayFetch}: whether this process can reach Docker, Podman and registries; inside the embedded host none does. */
    public FetchImages(WantedImages images, boolean mayFetch) {
        this.images = images;
        this.mayFetch = mayFetch;
    }

    /** Those that are yet to be fetched. */
    public List<String> missing(PodImages wanted) {
        return images.missing(wanted);
    }

    @Override
    public String name() {
        return PhaseName.IMAGES.toString();
    }

    @Override
    public String doing() {
        return "fetch the container images that cluster.yaml names";
    }

    @Override
    public List<String> run(PodImages wanted, Run run) throws InterruptedException {
        List<String> missing = missing(wanted);
        if (!missing.isEmpty() && !mayFetch) {
            throw new BuildElsewhere();
        }
        List<String> fetched = new ArrayList<>();
        for (String each : missing) {
            fetched.addAll(images.fetch(each, wanted.pull(), run));
        }
        run.result(fetched.isEmpty() ? "unchanged" : String.join(", ", fetched));
        return fetched;
    }
}
