package vmlab.image;

import java.io.IOException;
import java.nio.file.Path;
import vmlab.run.Run;
import vmlab.spec.K0sSource;

/** The stand-in's program, as images have it: Kubernetes' own programs, each of which it is when it is called so. */
public final class StandIn {

    private StandIn() {}

    /** From {@code cache}, or built now. */
    public static Path program(Path cache) throws IOException, InterruptedException {
        var fetch = new K0sFetch(cache.resolve("k0s"), new FileHashes(cache.resolve("hashes")), true, "");
        var script = new K0sSource.Built(Path.of("images/k0s-standin/build.sh").toAbsolutePath());
        return fetch.fetch(script, new Run(event -> {})).binary();
    }
}
