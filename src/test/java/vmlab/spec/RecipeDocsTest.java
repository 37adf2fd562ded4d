package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/recipes.md} has each key of a recipe, and its recipes can be read. */
class RecipeDocsTest {

    private static final Path PAGE = Path.of("docs/recipes.md");
    private static final Pattern RECIPE =
            Pattern.compile("^```yaml\\n(apiVersion: lab-image/v1\\n.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| .+ \\| `(\\w+: .+)` \\|$", Pattern.MULTILINE);
    private static final Map<String, String> SMALLEST = Map.of(
            "apiVersion", "apiVersion: lab-image/v1",
            "name", "name: small",
            "base", "base: apt",
            "suite", "suite: trixie",
            "kernel", "kernel: linux-image-cloud-amd64",
            "k0s", "k0s: {version: v1.36.3+k0s.2}");

    @TempDir
    private Path folder;

    private World world;
    private String page;

    @BeforeEach
    void theFoldersThatThePageSpeaksOf() throws IOException {
        world = new World(folder);
        world.folder("debian");
        world.folder("mine");
        world.write("debian.yaml", Files.readString(Path.of("images/debian.yaml")));
        page = Files.readString(PAGE);
    }

    @Test
    void theTableHasEachKey() {
        world.write("recipe.yaml", recipeWith("colour", "colour: red"));
        String said = String.join("\n", world.saidOfRecipe("recipe.yaml"));
        String keys =
                said.replaceFirst("(?s).*valid here: ", "").lines().findFirst().orElseThrow();

        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(List.of(keys.split(", ")));
    }

    @Test
    void eachExampleIsTaken() {
        rows().forEach((key, example) -> {
            world.write("recipe.yaml", recipeWith(key, example));
            assertThat(world.saidOfRecipe("recipe.yaml")).as(example).isEmpty();
        });
    }

    @Test
    void eachRecipeIsTaken() {
        List<String> recipes =
                RECIPE.matcher(page).results().map(block -> block.group(1)).toList();

        assertThat(recipes).isNotEmpty().allSatisfy(recipe -> {
            world.write("recipe.yaml", recipe);
            assertThat(world.saidOfRecipe("recipe.yaml")).isEmpty();
        });
    }

    private Map<String, String> rows() {
        return ROW.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        (MatchResult row) -> row.group(1),
                        row -> row.group(2),
                        (one, other) -> other,
                        LinkedHashMap::new));
    }

    private static String recipeWith(String key, String line) {
        Map<String, String> lines = new LinkedHashMap<>(SMALLEST);
        lines.put(key, line);
        return String.join("\n", lines.values()) + "\n";
    }
}
