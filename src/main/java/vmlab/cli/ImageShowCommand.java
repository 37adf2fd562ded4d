package vmlab.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.image.ImageDetails;
import vmlab.image.Images;
import vmlab.spec.Bytes;

/** {@code lab image show}. */
@Command(name = "show", description = "Show an image's files, inputs and packages.")
final class ImageShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "IMAGE",
            description = "A name, whose newest image is meant, or the beginning of a digest.")
    private String image;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        ImageDetails found = new Images(Surroundings.forImages().cache(), false).show(image);
        if (output.isJson()) {
            output.json(found);
        } else {
            print(found);
        }
        return 0;
    }

    private void print(ImageDetails found) {
        output.line(
                "%s %s, built %s, %s",
                found.image().name(),
                found.image().digest(),
                found.built(),
                found.image().k0sText());
        output.line("%s", found.image().folder());
        output.line("used by: %s", found.usedBy().isEmpty() ? "no lab" : String.join(", ", found.usedBy()));
        Table files = new Table("FILE", "SIZE", "SHA256");
        found.image().files().forEach((name, file) -> files.row(name, new Bytes(file.size()), file.sha256()));
        output.text("\n" + files);
        Table inputs = new Table("INPUT", "VALUE");
        found.inputs().forEach((name, value) -> inputs.row(name, value.replace('\n', ' ')));
        output.text("\n" + inputs);
        Table packages = new Table("PACKAGE", "VERSION", "ARCH", "SIZE");
        found.packages().forEach(p -> packages.row(p.name(), p.version(), p.arch(), new Bytes(p.kib() * 1024)));
        output.text("\n" + packages);
    }
}
