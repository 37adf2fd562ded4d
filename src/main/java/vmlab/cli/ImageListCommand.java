package vmlab.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.image.BootImage;
import vmlab.image.Images;

/** {@code lab image list}. */
@Command(name = "list", aliases = "ls", description = "List the images in the store, newest first.")
final class ImageListCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        List<BootImage> images = new Images(Surroundings.forImages().cache(), false).list();
        if (output.isJson()) {
            output.json(images);
        } else if (images.isEmpty()) {
            output.line("no images");
        } else {
            Table table = new Table("IMAGE", "DIGEST", "INSIDE");
            images.forEach(image -> table.row(image.name(), image.shortDigest(), image.k0sText()));
            output.text(table.toString());
        }
        return 0;
    }
}
