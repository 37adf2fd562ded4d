package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.run.Run;

/** {@code lab image fetch}. */
@Command(
        name = "fetch",
        description =
                "Gets the k0s that a recipe names into the cache, and no more; exit 3 where it cannot be had here.")
final class ImageFetchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "An image recipe, for example images/debian.yaml.")
    private Path recipe;

    @Override
    public Integer call() throws InterruptedException {
        try (Progress progress = Progress.onStderr()) {
            Surroundings.forImages().images(true).fetch(recipe, new Run(progress));
        }
        return 0;
    }
}
