package vmlab.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.make.BringImage;
import vmlab.registry.ContainerStore;
import vmlab.registry.Pushing;
import vmlab.registry.StoredImage;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** {@code lab images push}. */
@Command(
        name = "push",
        description = "Push a container image of the store to its registry, with the logins of docker or podman.",
        footer = {
            "",
            "Examples:",
            "  lab images push registry.example/app:1",
            "  lab images push app:1 registry.example/team/app:1"
        })
final class ImagesPushCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "An image as lab images list shows it.")
    private String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "AS", description = "What it is to be called there.")
    private Optional<String> as = Optional.empty();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        ContainerStore store = Surroundings.forImages().containers();
        ImageName wanted = LoadCommand.imageName(name);
        ImageName there = as.map(LoadCommand::imageName).orElse(wanted);
        if (!there.digest().isEmpty()) {
            throw LabFailure.input(there + " can't be pushed", "a push gives an image a tag", "name one, like app:1");
        }
        StoredImage image = store.find(wanted)
                .orElseThrow(() -> LabFailure.input(
                        "no image " + wanted + " in the store",
                        "it has " + store.list().size() + ", none of that name",
                        "lab images list shows them; lab load brings one in"));
        Pushing pushing = new Pushing(store, System.getenv());
        try (Progress progress = Progress.onStderr()) {
            List<StoredImage> pushed = new Run(progress)
                    .perform(
                            new BringImage<ImageName>(
                                    "push " + there, (to, its) -> List.of(pushing.push(image, to, its))),
                            there);
            ImagesListCommand.print(pushed, output);
        }
        return 0;
    }
}
