package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vmlab.run.Run;

/** {@code lab image fetch}. */
@Command(
        name = "fetch",
        description = "Download a recipe's k0s into the cache, and nothing else; exits with 3 where it can't be had.")
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
