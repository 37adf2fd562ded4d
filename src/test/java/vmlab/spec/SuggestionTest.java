package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KEYS = List.of("name", "memory", "cpus", "kubeletArgs");

    @ParameterizedTest
    @CsvSource({"memroy, memory", "memmory, memory", "nam, name", "CPUS, cpus", "kubelet-args, kubeletArgs"})
    void aTypoIsRecognized(String typed, String meant) {
        assertThat(Suggestion.nearest(KEYS, typed)).contains(meant);
    }

    @Test
    void whatCameWithLabIsNamedWhereItWasMeant(@TempDir Path folder) throws IOException {
        Path own = Files.createFile(
                Files.createDirectories(folder.resolve("lab/images")).resolve("debian.yaml"));
        System.setProperty("lab.home.dir", folder.resolve("lab").toString());
        try {
            assertThat(Suggestion.forMissing(folder.resolve("images/debian.yaml")))
                    .isEqualTo("the one that came with lab is " + own);
            assertThat(Suggestion.forMissing(folder.resolve("cluster.yaml"))).endsWith("; lab init writes one");
            assertThat(Shipped.fromHere("scripts/setup installs it; /x/scripts/setup does"))
                    .isEqualTo(folder.resolve("lab/scripts/setup") + " installs it; /x/scripts/setup does");
            assertThat(Shipped.fromHere("write image: images/debian-standin.yaml"))
                    .isEqualTo("write image: " + folder.resolve("lab/images/debian-standin.yaml"));
            Path recipe = Files.writeString(
                    folder.resolve("mine.yaml"), "apiVersion: lab-image/v1\nname: mine\nextends: debian.yaml\n");
            assertThatThrownBy(() -> Specs.readRecipe(recipe))
                    .hasMessageContaining("cp -r " + own.getParent() + "/. " + folder);
        } finally {
            System.clearProperty("lab.home.dir");
        }
    }

    @Test
    void somethingElseIsNotTakenForATypo() {
        assertThat(Suggestion.nearest(KEYS, "colour")).isEmpty();
        assertThat(Suggestion.among(KEYS, "colour")).isEqualTo("valid here: name, memory, cpus, kubeletArgs");
    }
}
