package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.BootImage;
import vmlab.image.Images;

/** {@code lab image export}. */
@Command(name = "export", description = "Write an image to a tar file, for lab image import on another machine.")
final class ImageExportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "IMAGE",
            description = "A name, whose newest image is meant, or the beginning of a digest.")
    private String image;

    @Parameters(paramLabel = "FILE", description = "The tar to write.")
    private Path file;

    @Mixin
    private Output output;

    record Result(BootImage image, Path file) {}

    @Override
    public Integer call() throws InterruptedException {
        BootImage written = new Images(Surroundings.forImages().cache(), false).export(image, file);
        if (output.isJson()) {
            output.json(new Result(written, file));
        } else {
            output.line("%s %s is in %s", written.name(), written.shortDigest(), file);
        }
        return 0;
    }
}
