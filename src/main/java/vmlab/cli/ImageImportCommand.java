package vmlab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.BootImage;

/** {@code lab image import}. */
@Command(
        name = "import",
        description = {
            "Import an image that lab image export wrote on another machine.",
            "Refused if a byte was altered. The unchanged recipe is then not built here."
        })
final class ImageImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The tar.")
    private Path file;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        BootImage image = Surroundings.forImages().images(false).importFrom(file);
        if (output.isJson()) {
            output.json(image);
        } else {
            output.line("%s", image.folder());
        }
        return 0;
    }
}
