package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.Bytes;
import vmlab.spec.Recipe;

/** Makes a recipe's image, unless the store has it: get k0s, work out the digest, look, build, check, publish. */
final class ImageBuilder {

    private static final Duration OTHERS_BUILD = Duration.ofHours(1);
    private static final Bytes ROOM = Bytes.gib(3);

    private final ImageStore store;
    private final K0sFetch k0sFetch;
    private final FileHashes hashes;
    private final Path scripts;
    private final PackedRoots roots;
    private final boolean mayBuild;

    /**
     * A builder.
     *
     * @param scripts holds {@code build-apt.sh} and its like
     */
    ImageBuilder(
            ImageStore store, K0sFetch k0sFetch, FileHashes hashes, Path scripts, PackedRoots roots, boolean mayBuild) {
        this.store = store;
        this.k0sFetch = k0sFetch;
        this.hashes = hashes;
        this.scripts = scripts;
        this.roots = roots;
        this.mayBuild = mayBuild;
    }

    BootImage resolve(Recipe recipe, Run run) throws InterruptedException {
        try {
            K0s k0s = k0sFetch.fetch(recipe.k0s(), run);
            Path script = script(recipe);
            String digest = ImageDigest.of(recipe, k0s, script, hashes);
            hashes.save();
            Optional<BootImage> known = store.find(digest);
            if (known.isPresent()) {
                return told(known.get(), "unchanged", run);
            }
            if (!mayBuild) {
                throw new BuildElsewhere();
            }
            try (var lock = store.lock(digest, run, OTHERS_BUILD)) {
                Optional<BootImage> built = store.find(digest);
                return built.isPresent()
                        ? told(built.get(), "built by another process", run)
                        : told(build(recipe, k0s, new BuildScript(script), digest, run), "built", run);
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

    private BootImage build(Recipe recipe, K0s k0s, BuildScript script, String digest, Run run)
            throws IOException, InterruptedException {
        for (Path leftover : store.leftovers()) {
            script.remove(leftover);
        }
        checkRoom();
        Path folder = store.newFolder(digest);
        Path root = roots.of(recipe, script.file(), hashes);
        script.build(recipe, k0s, digest, root, folder, run);
        roots.keepOnly(root);
        String version = k0s.version();
        for (String file : List.of("vmlinuz", "initrd", "root.squashfs", "packages.txt")) {
            if (!Files.isRegularFile(folder.resolve(file)) || Files.size(folder.resolve(file)) == 0) {
                throw LabFailure.lab(
                        "the image " + recipe.name() + " could not be built",
                        script.file() + " left no " + file,
                        "a build script must leave vmlinuz, initrd, root.squashfs and packages.txt");
            }
        }
        if (!ImageDigest.of(recipe, k0s, script.file(), hashes).equals(digest)) {
            throw LabFailure.lab(
                    "the image " + recipe.name() + " could not be built",
                    "the recipe's overlays, its k0s or the build script changed meanwhile",
                    "try again");
        }
        return store.publish(recipe.name(), digest, version, folder);
    }

    private Path script(Recipe recipe) {
        Path script = scripts.resolve("build-" + recipe.base() + ".sh");
        if (!Files.isExecutable(script)) {
            throw LabFailure.input(
                    "the image " + recipe.name() + " could not be built",
                    "there is no " + script + " for base: " + recipe.base(),
                    "use base: apt");
        }
        return script;
    }

    private void checkRoom() throws IOException {
        Bytes free = new Bytes(Files.getFileStore(store.folder()).getUsableSpace());
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
