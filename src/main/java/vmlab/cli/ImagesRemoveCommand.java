package vmlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vmlab.registry.ContainerStore;
import vmlab.run.LabFailure;
import vmlab.run.Run;
import vmlab.spec.ImageName;

/** {@code lab images rm}. */
@Command(name = "rm", description = "Remove container images from the store. Nodes keep what they pulled.")
final class ImagesRemoveCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Images as lab images list shows them.")
    private List<String> names = List.of();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws InterruptedException {
        ContainerStore store = Surroundings.forImages().containers();
        List<ImageName> wanted = names.stream().map(LoadCommand::imageName).toList();
        List<String> removed = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (ImageName each : wanted) {
            (store.remove(each, new Run(event -> {})) ? removed : unknown).add(each.toString());
        }
        if (output.isJson()) {
            output.json(removed);
        } else {
            removed.forEach(each -> output.line("removed %s", each));
        }
        if (!unknown.isEmpty()) {
            throw LabFailure.input(
                    "no image " + String.join(", ", unknown) + " in the store",
                    "it has " + store.list().size() + ", none of that name",
                    "lab images list shows them");
        }
        return 0;
    }
}
