package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.kube.Kubeconfig;
import vmlab.kube.MergedInto;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** {@code lab kubeconfig}. */
@Command(
        name = "kubeconfig",
        description = "Print a lab's kubeconfig, or merge it into your own.",
        footer = {"", "Examples:", "  lab kubeconfig single > single.kubeconfig", "  lab kubeconfig single --merge"})
final class KubeconfigCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(
            names = "--merge",
            description =
                    "Add it where kubectl would, to the first file of $$KUBECONFIG that is there, or to ~/.kube/config, and make it"
                            + " current; leave the rest as it is. lab down takes it out again, and makes current what was before.")
    private boolean merge;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String lab = target.name();
        LabFolder folder = LabFolder.of(Surroundings.ofThisProcess().home(), lab);
        Path file = folder.kubeconfig();
        if (!Files.exists(file)) {
            throw LabFailure.lab(
                    "lab " + lab + " has no kubeconfig",
                    file + " does not exist",
                    "lab up with its cluster.yaml fetches it");
        }
        if (merge) {
            Path users = usersFile(folder.path().getParent());
            new MergedInto(folder).add(users, Kubeconfig.read(file), new Run(event -> {}));
            System.err.println("context " + lab + " is now in " + users + ", and current");
        } else {
            System.out.print(Files.readString(file));
        }
        return 0;
    }

    /**
     * As kubectl chooses it (client-go's clientcmd, GetDefaultFilename): the first that is there, else the last one. Those of labs, which
     * {@code up} tells users to name there, are none of the user's.
     */
    private static Path usersFile(Path labs) {
        String variable = System.getenv().getOrDefault("KUBECONFIG", "");
        List<Path> files = Arrays.stream(variable.split(":"))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .filter(entry -> !entry.toAbsolutePath().normalize().startsWith(labs))
                .toList();
        return files.stream()
                .filter(Files::exists)
                .findFirst()
                .or(() -> files.isEmpty() ? Optional.empty() : Optional.of(files.getLast()))
                .orElse(Path.of(
                        System.getenv().getOrDefault("HOME", System.getProperty("user.home")), ".kube", "config"));
    }
}
