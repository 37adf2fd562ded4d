package vmlab.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vmlab.run.Run;

/**
 * Kubernetes' own end-to-end tests, {@code e2e.test}, and the kubectl that they call, which lies beside it.
 *
 * @param folder with all of it, as images/conformance/build.sh leaves it
 */
public record E2eTests(Path folder) {

    /** What a first build takes on one processor, with everything to fetch; the stand-in's build has most of it compiled already. */
    private static final int PROCESSOR_MINUTES = 20;

    private static final Path SCRIPTS = Path.of("images/conformance");

    /**
     * Those that the script below {@code installation} builds, now or earlier; kept in {@code cache}.
     *
     * @param mayBuild whether this process may; where not, {@link BuildElsewhere} is thrown if they are yet to be built
     */
    public static E2eTests built(Path cache, Path installation, boolean mayBuild, Run run) throws InterruptedException {
        Path script = installation.resolve(SCRIPTS).resolve("build.sh");
        return new E2eTests(built(
                new ScriptBuild("e2e.test", script, "e2e.test", "it must leave e2e.test, kubectl and version"),
                cache,
                "conformance",
                mayBuild,
                run));
    }

    /** The same way the images of their containers, rebuilt: a folder with images.tar and repos.yaml. */
    public static Path rebuiltImages(Path cache, Path installation, boolean mayBuild, Run run)
            throws InterruptedException {
        Path script = installation.resolve(SCRIPTS).resolve("images.sh");
        return built(
                new ScriptBuild("the test images", script, "images.tar", "it must leave images.tar and repos.yaml"),
                cache,
                "conformance-images",
                mayBuild,
                run);
    }

    private static Path built(ScriptBuild build, Path cache, String name, boolean mayBuild, Run run)
            throws InterruptedException {
        try {
            var hashes = new FileHashes(cache.resolve("hashes"));
            return build.folder(cache.resolve(name), hashes, mayBuild, PROCESSOR_MINUTES, run);
        } catch (IOException error) {
            throw Failures.ofFiles(build.what() + " could not be built", error);
        }
    }

    /** The tests' program. */
    public Path binary() {
        return folder.resolve("e2e.test");
    }

    /** The release of Kubernetes that they are of: {@code v1.36.3}. */
    public String version() {
        try {
            return Files.readString(folder.resolve("version")).strip();
        } catch (IOException error) {
            throw Failures.ofFiles(folder + " can't be read", error);
        }
    }
}
