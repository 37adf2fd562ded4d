package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.image.BootImage;
import vmlab.image.Images;
import vmlab.make.BuildImage;
import vmlab.run.Run;

/** {@code lab image build}. */
@Command(
        name = "build",
        description = "Build a recipe's image, kernel, initrd and squashfs, unless the store has it.",
        footer = {"", "Examples:", "  lab image build images/debian.yaml"})
final class ImageBuildCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECIPE", description = "An image recipe, for example images/debian.yaml.")
    private Path recipe;

    @Option(names = "--locked", description = "Build exactly what RECIPE.lock.yaml lists (see: lab image lock).")
    private boolean locked;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        BootImage image;
        try (Progress progress = Progress.onStderr()) {
            Images images = Surroundings.forImages().images(true);
            image = new Run(progress).perform(new BuildImage(images, locked), recipe);
        }
        if (output.isJson()) {
            output.json(image);
        } else {
            output.line("%s", image.folder());
        }
        return 0;
    }
}
