package vmlab.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmlab.run.LabFailure;
import vmlab.spec.NewCluster;
import vmlab.spec.Specs;

/** {@code lab init}. */
@Command(
        name = "init",
        description = {
            "Write a commented cluster.yaml to begin with.",
            "Beside it cluster.schema.json, by which editors complete and check it. Asks nothing, and overwrites nothing."
        },
        footer = {
            "",
            "Examples:",
            "  lab init",
            "  lab init demo.yaml --nodes 3",
            "  lab init --ha --provision ./post-boot"
        })
final class InitCommand implements Callable<Integer> {

    private static final String SCHEMA = "cluster.schema.json";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "cluster.yaml",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("cluster.yaml");

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "A controller that also runs pods, and N - 1 workers. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--ha", description = "Three controllers and two workers.")
    private boolean ha;

    @Option(
            names = "--provision",
            paramLabel = "GIT",
            description = "A folder or repository from which nodes provision themselves.")
    private Optional<String> provision = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "RECIPE",
            description = "An image recipe. Default: Debian's, of this installation.")
    private Optional<Path> image = Optional.empty();

    /** From here, or of those that came with lab. */
    private Path recipe() {
        Path own = Surroundings.forImages().installation();
        Path wanted = image.orElse(own.resolve("images/debian.yaml"));
        return Stream.of(wanted, own.resolve(wanted))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> LabFailure.input(
                        "there is no recipe " + wanted,
                        "looked here, and below " + own,
                        "--image images/debian.yaml, or a recipe of your own"));
    }

    @Override
    public Integer call() throws IOException {
        if (nodes < 1 || nodes > NewCluster.MOST_NODES || ha && nodes != 1) {
            throw LabFailure.input(
                    ha ? "--ha and --nodes exclude each other" : "--nodes " + nodes + " is none",
                    "--ha is three controllers and two workers, --nodes takes 1 to " + NewCluster.MOST_NODES,
                    "leave one of them out");
        }
        Path target = file.toAbsolutePath().normalize();
        Path recipe = recipe();
        String text =
                new NewCluster(target, recipe.toAbsolutePath().normalize(), ha ? 0 : nodes, provision).text(SCHEMA);
        Path schema = target.resolveSibling(SCHEMA);
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
            if (!Files.exists(schema)) {
                Files.writeString(schema, Specs.clusterSchema());
            }
        } catch (FileAlreadyExistsException there) {
            throw LabFailure.input(
                    file + " is there already", "lab init overwrites nothing", "name another file: lab init demo.yaml");
        }
        System.out.println(
                "wrote " + file + "; next: lab up" + (file.equals(Path.of("cluster.yaml")) ? "" : " " + file));
        return 0;
    }
}
