package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference in {@code docs/cluster.md} is the schema's; {@code -Dwrite.docs=true} writes it. */
class ClusterDocsTest {

    private static final Path PAGE = Path.of("docs/cluster.md");
    private static final String BEGIN = "## Keys\n";

    private static final List<String> OBJECTS = List.of("network", "provision", "timeouts", "k0s");

    private final JsonNode schema = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Specs.clusterSchema());
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    @Test
    void theReferenceHasEachKeyWithAnExample() throws IOException {
        String reference = reference();
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + reference);
        }
        assertThat(Files.readString(PAGE)).endsWith(reference);
    }

    @Test
    void everyObjectHasATable() {
        assertThat(schema.path("properties").properties())
                .filteredOn(property -> property.getValue().has("properties"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(OBJECTS.stream(), Stream.of("engine")).toList());
        assertThat(schema.path("$defs").properties())
                .filteredOn(definition -> definition.getValue().has("properties"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("node", "furtherNetwork");
    }

    private String reference() {
        StringBuilder text = new StringBuilder(BEGIN);
        table(text, "", schema);
        for (String object : OBJECTS) {
            table(text, "`" + object + ":`", schema.at("/properties/" + object));
        }
        table(text, "`engine: kubevirt:`", schema.at("/properties/engine/properties/kubevirt"));
        table(text, "A node, in `nodes:`", schema.at("/$defs/node"));
        table(text, "A further network, in `networks:`", schema.at("/$defs/furtherNetwork"));
        return text.toString();
    }

    private void table(StringBuilder text, String title, JsonNode object) {
        text.append(title.isEmpty() ? "" : "\n### " + title + "\n");
        text.append("\n| key | | default | example |\n| --- | --- | --- | --- |\n");
        object.path("properties").properties().forEach(property -> {
            JsonNode key = resolved(property.getValue());
            String name = property.getKey();
            assertThat(key.path("description").asText())
                    .as("description of " + name)
                    .isNotEmpty();
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(name, key.path("description").asText(), value(key.path("default")), example(name, key)));
        });
    }

    /** A key with all that the definition says which it refers to, where it says nothing itself. */
    private JsonNode resolved(JsonNode key) {
        ObjectNode all = key.deepCopy();
        if (key.has("$ref")) {
            schema.at(key.path("$ref").asText().substring(1)).properties().forEach(each -> {
                if (!all.has(each.getKey())) {
                    all.set(each.getKey(), each.getValue());
                }
            });
        }
        return all;
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() || value.isContainerNode() && value.isEmpty() ? "" : "`" + text(value) + "`";
    }

    /** Of an object its own table has them. */
    private static String example(String name, JsonNode key) {
        JsonNode example = key.path("examples").path(0);
        assertThat(example.isMissingNode() && !key.has("properties"))
                .as("no example of " + name)
                .isFalse();
        return example.isMissingNode() ? "below" : "`" + name + ": " + text(example) + "`";
    }

    private static String text(JsonNode value) {
        return value.isTextual()
                ? value.asText()
                : value.toString().replace(",\"", ", \"").replace("\":", "\": ");
    }
}
