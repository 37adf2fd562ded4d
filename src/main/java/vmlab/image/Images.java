package vmlab.image;

import java.nio.file.Path;
import java.util.List;
import vmlab.run.Run;
import vmlab.spec.Specs;

/** The door to this room: from a recipe's file to what nodes boot. */
public final class Images {

    private final ImageStore store;
    private final ImageBuilder builder;

    /**
     * Images below {@code cache}.
     *
     * @param mayBuild whether an image that is missing may be built by this process; where not, {@link BuildElsewhere} is thrown
     */
    public Images(Path cache, boolean mayBuild) {
        this(cache, mayBuild, Path.of(System.getProperty("lab.home.dir", ".")));
    }

    /** The same, with the build scripts below {@code installation}. */
    Images(Path cache, boolean mayBuild, Path installation) {
        var hashes = new FileHashes(cache.resolve("hashes"));
        this.store = new ImageStore(cache.resolve("images"));
        this.builder = new ImageBuilder(
                store,
                new K0sFetch(cache.resolve("k0s"), hashes, mayBuild, mirror()),
                hashes,
                installation.resolve("images").toAbsolutePath().normalize(),
                new PackedRoots(cache.resolve("roots")),
                mayBuild);
    }

    /**
     * The image of a recipe, from the store or built now; says through {@link Run#result} which: "debian-standin 3fa9c2…, unchanged, k0s
     * v1.36.3+standin".
     *
     * @throws vmlab.spec.SpecException when the recipe can't be read
     * @throws vmlab.run.LabFailure when it can't be built
     */
    public BootImage resolve(Path recipe, Run run) throws InterruptedException {
        return builder.resolve(Specs.readRecipe(recipe), run);
    }

    /** Gets the k0s of a recipe into the cache, and no more. */
    public void fetch(Path recipe, Run run) throws InterruptedException {
        builder.fetch(Specs.readRecipe(recipe), run);
    }

    private static String mirror() {
        return System.getenv().getOrDefault("LAB_K0S_MIRROR", K0sRelease.PUBLISHED);
    }

    /** The images in the store, the newest first. */
    public List<BootImage> list() {
        return store.list();
    }

    /** Removes an image from the store. */
    public void remove(BootImage image) {
        store.remove(image);
    }
}
