package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Base;
import vmlab.spec.Bytes;
import vmlab.spec.Recipe;

/** Makes a recipe's image, unless the store has it: get k0s, work out the digest, look, build, check, publish. */
final class ImageBuilder {

    private static final Duration OTHERS_BUILD = Duration.ofHours(1);
    private static final Bytes ROOM = Bytes.gib(3);

    private final ImageStore store;
    private final ImageIntegrity unaltered;
    private final K0sFetch k0sFetch;
    private final FileHashes hashes;
    private final Path scripts;
    private final BuildCache kept;
    private final boolean mayBuild;

    /**
     * A builder.
     *
     * @param scripts holds {@code build-apt.sh} and its like
     */
    ImageBuilder(
            ImageStore store,
            ImageIntegrity unaltered,
            K0sFetch k0sFetch,
            FileHashes hashes,
            Path scripts,
            BuildCache kept,
            boolean mayBuild) {
        this.store = store;
        this.unaltered = unaltered;
        this.k0sFetch = k0sFetch;
        this.hashes = hashes;
        this.scripts = scripts;
        this.kept = kept;
        this.mayBuild = mayBuild;
    }

    BootImage resolve(Recipe recipe, Optional<Lock> lock, Run run) throws InterruptedException {
        try {
            K0s k0s = k0sFetch.fetch(recipe.k0s(), run);
            BuildScript script = BuildScript.of(recipe, scripts);
            ImageInputs inputs = inputs(recipe, lock, k0s, script);
            hashes.save();
            String digest = inputs.digest();
            Optional<BootImage> known = store.find(digest);
            if (known.isPresent()) {
                return told(unaltered.require(known.get()), "unchanged", run);
            }
            if (!mayBuild) {
                throw new BuildElsewhere();
            }
            try (var held = store.lock(digest, run, OTHERS_BUILD)) {
                Optional<BootImage> built = store.find(digest);
                return built.isPresent()
                        ? told(built.get(), "built by another process", run)
                        : told(build(recipe, lock, k0s, script, inputs, run), "built", run);
            }
        } catch (IOException error) {
            throw Failures.ofFiles("the image " + recipe.name() + " could not be built", error);
        }
    }

    /** Gets what goes into an image from elsewhere, and says what it is. */
    void fetch(Recipe recipe, Run run) throws InterruptedException {
        try {
            K0s k0s = k0sFetch.fetch(recipe.k0s(), run);
            run.note(k0s.binary().toString());
        } catch (IOException error) {
            throw Failures.ofFiles("k0s could not be fetched", error);
        }
    }

    /** Finds out which packages a build would take today. */
    Lock lock(Recipe recipe, Run run) throws InterruptedException {
        if (recipe.base() != Base.APT) {
            throw LabFailure.input(
                    "the recipe " + recipe.name() + " can't be locked",
                    "locks are for base: apt, this one's is " + recipe.base(),
                    "build it without a lock");
        }
        try {
            BuildScript script = BuildScript.of(recipe, scripts);
            K0s none = new K0s(Path.of("/bin/true"), List.of());
            Path folder = Files.createTempDirectory(Files.createDirectories(store.folder()), "lock-");
            var order = order(recipe, Optional.empty(), none, "0", script);
            Lock lock;
            try {
                lock = Lock.of(recipe, script.resolve(order, folder, run));
            } catch (Exception failure) {
                remove(folder, script, failure);
                throw failure;
            }
            script.remove(folder);
            return lock;
        } catch (IOException error) {
            throw Failures.ofFiles("the recipe " + recipe.name() + " could not be locked", error);
        }
    }

    private BootImage build(
            Recipe recipe, Optional<Lock> lock, K0s k0s, BuildScript script, ImageInputs inputs, Run run)
            throws IOException, InterruptedException {
        String digest = inputs.digest();
        store.sweep(digest, script::remove);
        checkRoom();
        Path folder = store.newFolder(digest);
        BuildOrder order = order(recipe, lock, k0s, digest, script);
        try {
            script.build(order, folder, run);
            check(recipe, script, folder);
            kept.made(order.root());
            String version = k0s.version();
            if (!inputs(recipe, lock, k0s, script).equals(inputs)) {
                throw LabFailure.lab(
                        "the image " + recipe.name() + " could not be built",
                        "the recipe's overlays, its k0s or the build script changed meanwhile",
                        "try again");
            }
            return store.publish(recipe.name(), inputs, version, folder);
        } catch (Exception failure) {
            remove(folder, script, failure);
            throw failure;
        }
    }

    /** However the build ended. What can't be removed now is so by the next build. */
    private static void remove(Path folder, BuildScript script, Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            script.remove(folder);
        } catch (InterruptedException again) {
            interrupted = true;
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ImageInputs inputs(Recipe recipe, Optional<Lock> lock, K0s k0s, BuildScript script) throws IOException {
        return ImageInputs.of(recipe, lock, BuildOrder.wantedEpoch(), k0s, script, hashes);
    }

    private BuildOrder order(Recipe recipe, Optional<Lock> lock, K0s k0s, String id, BuildScript script)
            throws IOException {
        var root = kept.root(ImageInputs.ofPackages(recipe, lock, script, hashes));
        return new BuildOrder(recipe, k0s, id, BuildOrder.wantedEpoch(), kept, root, lock);
    }

    private static void check(Recipe recipe, BuildScript script, Path folder) throws IOException {
        for (String file : List.of("vmlinuz", "initrd", "root.squashfs", "packages.txt")) {
            if (!Files.isRegularFile(folder.resolve(file)) || Files.size(folder.resolve(file)) == 0) {
                throw LabFailure.lab(
                        "the image " + recipe.name() + " could not be built",
                        script.file() + " left no " + file,
                        "a build script must leave vmlinuz, initrd, root.squashfs and packages.txt");
            }
        }
    }

    private void checkRoom() throws IOException {
        Bytes free = new Bytes(store.folder().toFile().getUsableSpace());
        if (free.compareTo(ROOM) < 0) {
            throw LabFailure.machine(
                    "there is no room to build an image",
                    store.folder() + " has " + free + " free; a build needs " + ROOM,
                    "make room there, or set LAB_CACHE to a folder on a larger disk");
        }
    }

    private static BootImage told(BootImage image, String how, Run run) {
        run.result("%s %s, %s, %s".formatted(image.name(), image.shortDigest(), how, image.k0sText()));
        return image;
    }
}
