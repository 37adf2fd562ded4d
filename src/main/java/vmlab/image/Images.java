package vmlab.image;

import java.nio.file.Path;
import vmlab.run.Run;

/** The door to this room, as the phases use it. CONTRACT by the lead; the engineer of vmlab.image fills it in. */
public final class Images {

    /**
     * Images below {@code cache}.
     *
     * @param mayBuild whether an image that is missing may be built by this process; where not, {@link BuildElsewhere} is thrown
     */
    public Images(Path cache, boolean mayBuild) {}

    /**
     * The image of a recipe, from the store or built now; says through {@link Run#result} which: "debian-standin 3fa9c2…, unchanged, k0s
     * v1.36.3+standin (stand-in)".
     */
    public BootImage resolve(Path recipe, Run run) throws InterruptedException {
        throw new UnsupportedOperationException();
    }
}
