package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.make.BringImage;
import vmlab.registry.ImageFile;
import vmlab.registry.Pulling;
import vmlab.registry.StoredImage;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** {@code lab images pull}. */
@Command(
        name = "pull",
        description = {
            "Pull container images from their registries into the store, with the logins of docker or podman.",
            "HTTPS_PROXY, HTTP_PROXY and NO_PROXY are heeded."
        })
final class ImagesPullCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "registry.example/app:1; nginx is docker.io's.")
    private List<String> names = List.of();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        names.stream().filter(ImagesPullCommand::isFile).findFirst().ifPresent(file -> {
            throw LabFailure.input(file + " can't be pulled", "it is a file here, and no name", "lab load " + file);
        });
        List<ImageName> wanted = names.stream().map(LoadCommand::imageName).toList();
        Pulling pulling = new Pulling(Surroundings.forImages().containers(), System.getenv());
        List<StoredImage> pulled = new ArrayList<>();
        try (Progress progress = Progress.onStderr()) {
            Run run = new Run(progress);
            for (ImageName each : wanted) {
                pulled.addAll(run.perform(
                        new BringImage<ImageName>("pull " + each, (name, its) -> List.of(pulling.pull(name, its))),
                        each));
            }
        }
        ImagesListCommand.print(pulled, output);
        return 0;
    }

    private static boolean isFile(String text) {
        return Files.exists(Path.of(text)) && ImageFile.of(text).isPresent();
    }
}
