package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The labs and recipes of this repository are ones that the reader takes. */
class ReadyFilesTest {

    @Test
    void everyReadyLabIsValidAndTested() throws IOException {
        assertThat(filesOf("labs", ApiVersion.CLUSTER)).isNotEmpty().allSatisfy(lab -> assertThat(
                        Specs.readCluster(lab).tests().isEmpty())
                .as("no tests in %s; what uses it are tests itself", lab)
                .isEqualTo(lab.startsWith("labs/junit-example")));
    }

    @Test
    void everyRecipeIsValid() throws IOException {
        assertThat(filesOf("images", ApiVersion.RECIPE))
                .isNotEmpty()
                .allSatisfy(recipe -> assertThat(Specs.readRecipe(recipe)).isNotNull());
    }

    private static List<Path> filesOf(String folder, String apiVersion) throws IOException {
        try (var files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> text(file).contains("apiVersion: " + apiVersion + "\n"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
