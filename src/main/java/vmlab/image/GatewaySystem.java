package vmlab.image;

import java.io.IOException;
import java.nio.file.Path;
import vmlab.run.Run;

/** What the gateway of a lab on KubeVirt runs on, from Debian's packages. */
public final class GatewaySystem {

    private static final int PROCESSOR_MINUTES = 4;

    private GatewaySystem() {}

    /**
     * Its root as a tar, as images/gateway/build.sh below {@code installation} makes it, now or earlier; kept in {@code cache}.
     *
     * @param mayBuild whether this process may; where not, {@link BuildElsewhere} is thrown if it is yet to be built
     */
    public static Path built(Path cache, Path installation, boolean mayBuild, Run run) throws InterruptedException {
        var build = new ScriptBuild(
                "the gateway's system",
                installation.resolve("images/gateway/build.sh"),
                "system.tar",
                "it must leave system.tar");
        try {
            var hashes = new FileHashes(cache.resolve("hashes"));
            return build.folder(cache.resolve("gateway"), hashes, mayBuild, PROCESSOR_MINUTES, run)
                    .resolve("system.tar");
        } catch (IOException error) {
            throw Failures.ofFiles(build.what() + " could not be built", error);
        }
    }
}
