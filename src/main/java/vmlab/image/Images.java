package vmlab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Recipe;
import vmlab.spec.Specs;

/** The door to this room: from a recipe's file to what nodes boot. */
public final class Images {

    private final ImageStore store;
    private final ImageIntegrity unaltered;
    private final ImageBuilder builder;
    private final CutOff cutOff;
    private final BuildScript anyScript;

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
        this.unaltered = new ImageIntegrity(hashes);
        this.cutOff = new CutOff(cache, store);
        this.anyScript = new BuildScript(
                installation.resolve("images/build-apt.sh").toAbsolutePath().normalize());
        this.builder = new ImageBuilder(
                store,
                unaltered,
                new K0sFetch(cache.resolve("k0s"), hashes, mayBuild, mirror()),
                hashes,
                installation.resolve("images").toAbsolutePath().normalize(),
                new BuildCache(cache.resolve("kept")),
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
        return builder.resolve(Specs.readRecipe(recipe), Optional.empty(), run);
    }

    /** The same from the lock that lies beside the recipe: these very packages, or a failure. */
    public BootImage resolveLocked(Path recipe, Run run) throws InterruptedException {
        Recipe read = Specs.readRecipe(recipe);
        Path file = Lock.fileOf(read);
        Lock lock = Lock.read(file);
        lock.mustFit(read, file);
        return builder.resolve(read, Optional.of(lock), run);
    }

    /** Writes down beside the recipe which packages it takes today; returns where. */
    public Path lock(Path recipe, Run run) throws InterruptedException {
        Recipe read = Specs.readRecipe(recipe);
        Path file = Lock.fileOf(read);
        return files("the lock could not be written", () -> {
            Lock lock = builder.lock(read, run);
            lock.write(file);
            run.result(String.format(Locale.ROOT, "%d packages", lock.packages().size()));
            return file;
        });
    }

    /** Gets the k0s of a recipe into the cache, and no more. */
    public void fetch(Path recipe, Run run) throws InterruptedException {
        builder.fetch(Specs.readRecipe(recipe), run);
    }

    private static String mirror() {
        return System.getenv().getOrDefault("LAB_K0S_MIRROR", K0sRelease.PUBLISHED);
    }

    /** The images in the store, the newest first. */
    public List<BootImage> list() throws InterruptedException {
        return files("the store can't be read", store::list);
    }

    /** All that is known of the image that {@code wanted} means: the beginning of a digest, or a name, whose newest it is. */
    public ImageDetails show(String wanted) throws InterruptedException {
        return files("the image can't be read", () -> ImageDetails.of(find(wanted), store.uses()));
    }

    /** What tells one image from another. */
    public ImageDiff diff(String first, String second) throws InterruptedException {
        return files("the images can't be compared", () -> {
            ImageDetails a = show(first);
            ImageDetails b = show(second);
            if (a.image().files().get("root.squashfs").equals(b.image().files().get("root.squashfs"))) {
                return ImageDiff.of(a, b, Map.of(), Map.of());
            }
            var files = new SquashfsFiles(store.folder());
            return ImageDiff.of(
                    a, b, files.of(a.image().squashfs()), files.of(b.image().squashfs()));
        });
    }

    /** Reads images whole, all or those named; returns for each what is wrong with it. */
    public Map<BootImage, List<String>> verify(List<String> wanted) throws InterruptedException {
        return files("the images can't be read", () -> {
            var stored = new ArrayList<ImageStore.Stored>();
            for (String name : wanted) {
                stored.add(find(name));
            }
            var found = new TreeMap<BootImage, List<String>>(java.util.Comparator.comparing(BootImage::digest));
            for (ImageStore.Stored each : wanted.isEmpty() ? store.all() : stored) {
                found.put(
                        each.image(),
                        Damage.of(each.folder(), each.description().files(), FileHashes::read));
            }
            return found;
        });
    }

    /** Writes an image to a file, for {@link #importFrom} elsewhere. */
    public BootImage export(String wanted, Path file) throws InterruptedException {
        return files("the image can't be exported", () -> {
            BootImage image = find(wanted).image();
            new ImageArchive(store).write(image, file.toAbsolutePath());
            return image;
        });
    }

    /** Takes in an image from a file, once every byte is found to be right. */
    public BootImage importFrom(Path file) throws InterruptedException {
        return files(file + " can't be imported", () -> new ImageArchive(store).read(file));
    }

    /**
     * Removes what no lab uses, except the newest {@code keep} of each name. No lab begins to use one meanwhile.
     *
     * @param dryRun only says what would go
     * @return what went, with the bytes that this frees
     */
    public Map<BootImage, Long> collectGarbage(int keep, boolean dryRun, Run run) throws InterruptedException {
        return files("the store can't be tidied", () -> {
            try (var lock = store.uses().lock(run)) {
                var gone = new LinkedHashMap<BootImage, Long>();
                for (Garbage.Item item : new Garbage(store).find(keep)) {
                    gone.put(item.image(), item.bytes());
                    if (!dryRun) {
                        store.remove(item.image());
                    }
                }
                return gone;
            }
        });
    }

    /** What builds and downloads that were cut off left; logs of failed builds among it, if they are from before {@code old}. */
    public List<Path> leftovers(Instant old) throws InterruptedException {
        return files("the cache can't be read", () -> cutOff.find(old));
    }

    /** Removes one of these, and returns whether it is gone: somebody may have taken it up meanwhile. */
    public boolean removeLeftover(Path leftover) throws InterruptedException {
        return files(leftover + " can't be removed", () -> cutOff.remove(leftover, anyScript));
    }

    /**
     * Notes that the lab in {@code labFolder}, which is there, boots an image, which is kept for as long as that folder is there.
     *
     * @return whether the store has it still: until it was claimed, it may have gone as one that nobody uses
     */
    public boolean claim(BootImage image, Path labFolder, Run run) throws InterruptedException {
        return files("the store can't be written", () -> {
            try (var lock = store.uses().lock(run)) {
                store.uses().claim(image.digest(), labFolder);
                return store.find(image.digest()).isPresent();
            }
        });
    }

    /** The image of that very digest, where the store has it; one that was altered since it was built is refused. */
    public Optional<BootImage> ofDigest(String digest) throws InterruptedException {
        return files("the store can't be read", () -> {
            Optional<BootImage> found = store.find(digest);
            return found.isPresent() ? Optional.of(unaltered.require(found.get())) : found;
        });
    }

    /** Removes an image from the store. */
    public void remove(BootImage image) {
        store.remove(image);
    }

    private ImageStore.Stored find(String wanted) throws IOException {
        List<ImageStore.Stored> all = store.all();
        List<ImageStore.Stored> found = all.stream()
                .filter(stored -> stored.description().name().equals(wanted)
                        || wanted.length() >= 4 && stored.description().digest().startsWith(wanted))
                .toList();
        if (found.isEmpty()) {
            throw LabFailure.input(
                    "there is no image '" + wanted + "'",
                    "the store has " + (all.isEmpty() ? "none" : all.size() + ", none of that name or digest"),
                    "lab image list shows them");
        }
        return found.getFirst();
    }

    private interface Reads<T> {
        T read() throws IOException, InterruptedException;
    }

    private static <T> T files(String what, Reads<T> reads) throws InterruptedException {
        try {
            return reads.read();
        } catch (IOException error) {
            throw Failures.ofFiles(what, error);
        } catch (UncheckedIOException error) {
            throw Failures.ofFiles(what, error.getCause());
        }
    }
}
