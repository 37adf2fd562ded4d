package vmlab.cli;

import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vmlab.registry.ContainerStore;
import vmlab.registry.StoredImage;
import vmlab.spec.Bytes;

/** {@code lab images list}. */
@Command(name = "list", aliases = "ls", description = "List the container images in the store, by name.")
final class ImagesListCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        print(new ContainerStore(Surroundings.forImages().cache()).list(), output);
        return 0;
    }

    /** Prints images. */
    static void print(Collection<StoredImage> images, Output output) {
        if (output.isJson()) {
            output.json(images);
        } else if (images.isEmpty()) {
            output.line("no images");
        } else {
            Table table = new Table("NAME", "DIGEST", "SIZE");
            images.forEach(image -> table.row(image.name(), image.shortDigest(), new Bytes(image.size())));
            output.text(table.toString());
        }
    }
}
