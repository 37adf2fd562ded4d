package vmlab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;
import vmlab.plan.LabFolder;
import vmlab.run.LabFailure;
import vmlab.spec.AbsolutePath;
import vmlab.spec.Cluster;
import vmlab.spec.SpecException;
import vmlab.spec.Specs;

/**
 * The lab that a command is about: a cluster.yaml, or the name of a lab that is up. What is written like a name and is that of a lab in the
 * home means the lab, whatever else is called so in the working folder; {@code ./NAME} means the file. The launcher decides the same way.
 */
final class Target {

    private static final String OTHERWISE = "name a cluster.yaml, or the lab itself: lab list shows which there are";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LAB",
            defaultValue = ClusterFile.USUAL,
            description = "Its name, or its cluster.yaml. Default: ${DEFAULT-VALUE}.")
    private String text = "";

    /** The lab that a word means. */
    static Target of(String text) {
        Target target = new Target();
        target.text = text;
        return target;
    }

    /** What stands in the lab's place, is neither a lab nor a YAML file, and means another thing: the lab is then cluster.yaml's. */
    Optional<String> otherThanLab(Predicate<String> isOther) {
        if (isLab() || isYaml() || !isOther.test(text)) {
            return Optional.empty();
        }
        String given = text;
        text = ClusterFile.USUAL;
        return Optional.of(given);
    }

    /** The words behind the lab; before them the one in its place, where that {@link #otherThanLab means another thing}. */
    List<String> words(List<String> behind, Predicate<String> isOther) {
        return Stream.concat(otherThanLab(isOther).stream(), behind.stream()).toList();
    }

    /** Whether the cluster.yaml of the working folder has a node of that name. */
    static boolean isNodeHere(String name) {
        try {
            return Files.exists(Path.of(ClusterFile.USUAL))
                    && Specs.readCluster(Path.of(ClusterFile.USUAL)).nodes().stream()
                            .anyMatch(node -> node.name().equals(name));
        } catch (SpecException wrong) {
            return false;
        }
    }

    /** The cluster.yaml, where it was that which was given. */
    Optional<Cluster> clusterIfFile() {
        return isFile() ? Optional.of(ClusterFile.read(text)) : Optional.empty();
    }

    /** Refuses a folder, where a command could mean another thing by it. */
    void refuseFolder(String next) {
        if (text.contains("/") && Files.isDirectory(Path.of(text))) {
            throw LabFailure.input(text + " is no lab", "it is a folder", next.formatted(text));
        }
    }

    /** The name of the lab, whichever way it was given. Of a file no more than the name counts: the rest may be wrong by now. */
    String name() {
        if (!isFile()) {
            if (!Specs.isName(text)) {
                throw nothing("it is neither a file nor the name of a lab");
            }
            return text;
        }
        Path file = Path.of(text);
        if (!Files.exists(file)) {
            throw nothing("no such file; looked in " + AbsolutePath.of(file).getParent());
        }
        return Specs.readName(file).orElseGet(() -> nameOfReadable());
    }

    private String nameOfReadable() {
        try {
            return ClusterFile.read(text).name();
        } catch (SpecException wrong) {
            throw LabFailure.input(text + " says no lab's name", wrong.getMessage(), OTHERWISE)
                    .causedBy(wrong);
        }
    }

    private LabFailure nothing(String why) {
        return LabFailure.input("there is no " + text, why, OTHERWISE);
    }

    private boolean isFile() {
        return text.contains("/") || isYaml() || !isLab() && Files.isRegularFile(Path.of(text));
    }

    private boolean isYaml() {
        return text.endsWith(".yaml") || text.endsWith(".yml");
    }

    private boolean isLab() {
        return Specs.isName(text)
                && Files.isDirectory(
                        LabFolder.of(Surroundings.ofThisProcess().home(), text).path());
    }
}
