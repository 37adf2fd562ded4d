package vmlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmlab.kube.Kubeconfig;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.run.Run;

/** {@code lab kubeconfig}. */
@Command(name = "kubeconfig", description = "The lab's kubeconfig, on stdout or merged into the user's own.")
final class KubeconfigCommand implements Callable<Integer> {

    @Mixin
    private Target target;

    @Option(
            names = "--merge",
            description =
                    "Add it to the first file of $$KUBECONFIG, or to ~/.kube/config, and leave the rest as it is.")
    private boolean merge;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String lab = target.name();
        Path file = LabFolder.of(Surroundings.ofThisProcess().home(), lab).kubeconfig();
        if (!Files.exists(file)) {
            throw LabFailure.lab(
                    "lab " + lab + " has no kubeconfig", file + " does not exist", "lab up " + lab + " fetches it");
        }
        if (merge) {
            Path users = usersFile();
            Kubeconfig.read(file).mergeInto(users, new Run(event -> {}));
            System.err.println("context " + lab + " is now in " + users);
        } else {
            System.out.print(Files.readString(file));
        }
        return 0;
    }

    private static Path usersFile() {
        String variable = System.getenv().getOrDefault("KUBECONFIG", "");
        return Arrays.stream(variable.split(":"))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .findFirst()
                .orElse(Path.of(
                        System.getenv().getOrDefault("HOME", System.getProperty("user.home")), ".kube", "config"));
    }
}
