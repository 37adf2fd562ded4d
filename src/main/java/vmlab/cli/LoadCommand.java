package vmlab.cli;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.make.BringImage;
import vmlab.plan.LabFolder;
import vmlab.registry.ImageFile;
import vmlab.registry.Loading;
import vmlab.registry.StoredImage;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;
import vmlab.spec.InvalidValue;
import vmlab.spec.Specs;

/** {@code lab load}. */
@Command(
        name = "load",
        description = "Load container images into the store from which nodes pull.",
        footer = {
            "",
            "Examples:",
            "  lab load registry.example/app:1     an image that docker or podman has",
            "  lab load app.tar layout/            archives of docker or OCI, OCI layouts",
            "  docker save app:1 | lab load -      an archive from stdin"
        })
final class LoadCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "[LAB] IMAGE",
            description =
                    "A name, an archive, a folder with an OCI layout, or - for stdin. The name of a lab before them"
                            + " changes nothing but that it must be there.")
    private List<String> images = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What pods call the image, where it has no name or another one.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        Surroundings here = Surroundings.forImages();
        List<String> wanted = withoutLab(here);
        if (name.isPresent() && wanted.size() > 1) {
            throw LabFailure.input(
                    "--name can't name " + wanted.size() + " images", "a name is one image's", "load them one by one");
        }
        Loading loading = new Loading(here.containers(), name.map(LoadCommand::imageName));
        wanted.stream().filter(each -> !each.equals("-")).forEach(ImageFile::of);
        List<StoredImage> loaded = new ArrayList<>();
        try (Progress progress = Progress.onStderr()) {
            Run run = new Run(progress);
            for (String each : wanted) {
                loaded.addAll(run.perform(
                        new BringImage<String>(
                                "load " + (each.equals("-") ? "what stdin has" : each),
                                (image, its) -> loading.load(image, Stdin.interruptible(), its)),
                        each));
            }
        }
        ImagesListCommand.print(loaded, output);
        return 0;
    }

    private List<String> withoutLab(Surroundings here) throws InterruptedException {
        String first = images.getFirst();
        if (images.size() == 1 || !Specs.isName(first)) {
            return images;
        }
        if (Files.isDirectory(LabFolder.of(here.home(), first).path())
                || Files.isDirectory(LabFolder.forkHome(here.home(), first))) {
            return images.subList(1, images.size());
        }
        if (!Loading.knows(first)) {
            throw LabFailure.input(
                    first + " is neither a lab nor an image",
                    "there is no lab of that name, and neither docker nor podman has an image " + first,
                    "lab list shows the labs; lab images pull " + first + " fetches an image from its registry");
        }
        return images;
    }

    /** A name as the user wrote it; what is none is refused. */
    static ImageName imageName(String text) {
        try {
            return ImageName.parse(text);
        } catch (InvalidValue none) {
            throw LabFailure.input(none.what(), "the grammar is that of docker and Kubernetes", none.valid());
        }
    }
}
