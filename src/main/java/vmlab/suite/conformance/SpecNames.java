package vmlab.suite.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import vmlab.image.E2eTests;
import vmlab.run.LabFailure;

/**
 * The names of Kubernetes' conformance specs.
 *
 * @param all in the order of Kubernetes' own list
 * @param quick those that need no image of a container
 */
record SpecNames(List<String> all, List<String> quick) {

    /** Those of {@code tests}. */
    static SpecNames of(E2eTests tests) {
        try {
            JsonNode listed = new YAMLMapper()
                    .readTree(tests.folder().resolve("conformance.yaml").toFile());
            return new SpecNames(
                    StreamSupport.stream(listed.spliterator(), false)
                            .map(spec -> spec.path("codename").asText())
                            .toList(),
                    Files.readAllLines(tests.folder().resolve("quick.txt")).stream()
                            .filter(line -> !line.startsWith("#"))
                            .toList());
        } catch (IOException error) {
            throw LabFailure.machine(
                    "the list of conformance specs can't be read",
                    String.valueOf(error.getMessage()),
                    "remove " + tests.folder() + ", so that it is built again");
        }
    }

    /** What {@code selection} takes of them; refused where that is nothing. */
    List<String> chosenBy(Selection selection) {
        List<String> chosen = selection.of(all, quick);
        if (chosen.isEmpty()) {
            throw LabFailure.input(
                    "no conformance spec matches",
                    "--focus, --skip and --mode leave none of " + all.size(),
                    "lab test LAB --suite conformance --list shows their names");
        }
        return chosen;
    }
}
