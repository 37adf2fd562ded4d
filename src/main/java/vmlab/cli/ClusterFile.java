package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/** The cluster.yaml that a command needs: a lab's name says what it is, not what it is to be. */
final class ClusterFile {

    static final String USUAL = "cluster.yaml";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = USUAL,
            description = "The lab's cluster.yaml. Default: ${DEFAULT-VALUE}.")
    private String text = "";

    Cluster read() {
        return read(text);
    }

    /** The cluster that a file describes. */
    static Cluster read(String text) {
        if (Specs.isName(text) && !Files.exists(Path.of(text))) {
            LabFolder lab = LabFolder.of(Surroundings.ofThisProcess().home(), text);
            throw LabFailure.input(
                    "there is no file " + text,
                    "this command takes a cluster.yaml, not the name of a lab",
                    Files.exists(lab.spec())
                            ? "name the file; a copy as it was last given is " + lab.spec()
                            : "name the file; lab init writes one");
        }
        return Specs.readCluster(Path.of(text));
    }
}
