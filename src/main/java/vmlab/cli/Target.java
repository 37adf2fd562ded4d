package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.Cluster;
import vmlab.spec.SpecException;
import vmlab.spec.Specs;

/**
 * The lab that a command is about: a cluster.yaml, or the name of a lab that is up. What is written like a name and is that of a lab in the
 * home means the lab, whatever else is called so in the working folder; {@code ./NAME} means the file. The launcher decides the same way.
 */
final class Target {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = "cluster.yaml",
            description = "A cluster.yaml, or the name of a lab that is up. Default: ${DEFAULT-VALUE}.")
    private String text = "";

    /** The cluster.yaml, read. */
    Cluster cluster() {
        return Specs.readCluster(Path.of(text));
    }

    /** The cluster.yaml, where it was that which was given. */
    Optional<Cluster> clusterIfFile() {
        return isFile() ? Optional.of(cluster()) : Optional.empty();
    }

    /** The name of the lab, whichever way it was given. */
    String name() {
        if (isFile()) {
            return cluster().name();
        }
        if (!Specs.isName(text)) {
            throw LabFailure.input(
                    "there is no " + text,
                    "it is neither a file nor the name of a lab",
                    "name a cluster.yaml, or a lab that lab list shows");
        }
        return text;
    }

    /** The same for a command that needs no more than the name: the rest of the file may be wrong by now. */
    String nameOnly() {
        if (!isFile()) {
            return name();
        }
        try {
            return name();
        } catch (SpecException wrong) {
            return Specs.readName(Path.of(text)).orElseThrow(() -> wrong);
        }
    }

    private boolean isFile() {
        return text.contains("/")
                || text.endsWith(".yaml")
                || text.endsWith(".yml")
                || !isLab() && Files.isRegularFile(Path.of(text));
    }

    private boolean isLab() {
        return Specs.isName(text)
                && Files.isDirectory(
                        LabFolder.of(Surroundings.ofThisProcess().home(), text).path());
    }
}
