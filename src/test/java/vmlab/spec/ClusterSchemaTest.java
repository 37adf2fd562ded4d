package vmlab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema and the reader know the same keys: the reader is asked by giving it one that is wrong. */
class ClusterSchemaTest {

    @TempDir
    private Path folder;

    private final JsonNode schema = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Specs.clusterSchema());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | zzzzzzzz: 1",
                "/properties/network       | network: {zzzzzzzz: 1}",
                "/properties/k0s           | k0s: {zzzzzzzz: 1}",
                "/properties/provision     | provision: {zzzzzzzz: 1}",
                "/properties/timeouts      | timeouts: {zzzzzzzz: 1}",
                "/properties/engine        | engine: {zzzzzzzz: 1}",
                "/properties/engine/properties/kubevirt | engine: {kubevirt: {zzzzzzzz: 1}}",
                "/$defs/furtherNetwork     | networks: [{zzzzzzzz: 1}]",
                "/$defs/node               | nodes: [{zzzzzzzz: 1}]"
            })
    void theKeysAreTheReaders(String where, String yaml) {
        var object = schema.at(where);
        var keys = object.get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();

        assertThat(keys).containsExactlyElementsOf(keysOfTheReader(yaml));
        assertThat(object.get("additionalProperties").asBoolean(true)).isFalse();
    }

    private List<String> keysOfTheReader(String yaml) {
        var said = World.in(folder).said(yaml).stream()
                .filter(problem -> problem.contains("unknown key 'zzzzzzzz'"))
                .findFirst()
                .orElseThrow();
        return List.of(said.substring(said.indexOf("valid here: ") + "valid here: ".length())
                .split(", "));
    }

    @Test
    void noObjectOfTheSchemaIsLeftOutOfTheseTests() {
        assertThat(Specs.clusterSchema().split("\"properties\":", -1)).hasSize(1 + 9);
    }

    @Test
    void theChoicesAreTheReaders() {
        assertThat(choices("/properties/accel")).isEqualTo(names(List.of(Accel.values())));
        assertThat(choices("/properties/rootfs")).isEqualTo(names(List.of(Rootfs.values())));
        assertThat(choices("/properties/disks")).isEqualTo(names(List.of(Disks.values())));
        assertThat(choices("/properties/storage")).isEqualTo(names(List.of(Storage.values())));
        assertThat(choices("/$defs/mode")).isEqualTo(names(List.of(Network.Mode.values())));
        assertThat(choices("/$defs/node/properties/role")).isEqualTo(names(List.of(Role.values())));
        assertThat(choices("/$defs/node/properties/boot")).isEqualTo(names(List.of(BootMode.values())));
        assertThat(choices("/properties/tests/items/anyOf/0")).isEqualTo(names(List.of(Suite.values())));
    }

    @Test
    void theDefaultsAreTheReaders() {
        var node = schema.at("/$defs/node/properties");
        assertThat(node.at("/memory/default").asText()).isEqualTo(Node.DEFAULT_MEMORY.toString());
        assertThat(node.at("/disk/default").asText()).isEqualTo(Node.DEFAULT_DISK.toString());
        assertThat(node.at("/cpus/default").asInt()).isEqualTo(Node.DEFAULT_CPUS);
        assertThat(schema.at("/properties/timeouts/properties/boot/default").asText())
                .isEqualTo("5m");
        assertThat(schema.at("/properties/timeouts/properties/ready/default").asText())
                .isEqualTo("15m");
        assertThat(schema.at("/properties/provision/properties/ref/default").asText())
                .isEqualTo(Provision.DEFAULT_REF);
        assertThat(schema.at("/properties/provision/properties/path/default").asText())
                .isEqualTo(Provision.DEFAULT_SCRIPT);
        assertThat(schema.at("/properties/provision/properties/timeout/default").asText())
                .isEqualTo("10m");
    }

    private List<String> choices(String where) {
        return StreamSupport.stream(schema.at(where).get("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
