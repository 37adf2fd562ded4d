package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.Images;
import vmlab.make.LockImage;
import vmlab.run.Run;

/** {@code lab image lock}. */
@Command(
        name = "lock",
        description = "Pin a recipe's packages, with versions and hashes, in RECIPE.lock.yaml beside it.")
final class ImageLockCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "An image recipe, for example images/debian.yaml.")
    private Path recipe;

    @Mixin
    private Output output;

    record Result(Path lock) {}

    @Override
    public Integer call() throws InterruptedException {
        Path lock;
        try (Progress progress = Progress.onStderr()) {
            Images images = Surroundings.forImages().images(true);
            lock = new Run(progress).perform(new LockImage(images), recipe);
        }
        if (output.isJson()) {
            output.json(new Result(lock));
        } else {
            output.line("%s", lock);
        }
        return 0;
    }
}
