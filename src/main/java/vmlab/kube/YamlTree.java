package vmlab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML of the user's own, as it was written: what is not changed keeps its quotes, its spelling and its comments. */
final class YamlTree {

    private static final JsonMapper JSON = new JsonMapper();

    private YamlTree() {}

    /** The mapping that {@code text} is; an empty one where it is nothing. */
    static MappingNode read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setTagInspector(tag -> true);
        Node top = new Yaml(options).compose(new StringReader(text));
        return switch (top) {
            case null -> mapping();
            case MappingNode mapping when !mapping.getValue().isEmpty() -> mapping;
            case MappingNode nothing -> mapping();
            case ScalarNode nothing when nothing.getTag().equals(Tag.NULL) -> mapping();
            default -> throw new YAMLException("it is no mapping");
        };
    }

    private static MappingNode mapping() {
        return new MappingNode(Tag.MAP, new ArrayList<>(), DumperOptions.FlowStyle.BLOCK);
    }

    static String write(Node tree) {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(tree, text);
        return text.toString();
    }

    /** Whether {@code text}, which is YAML, is JSON as well. */
    static boolean isJson(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JsonProcessingException no) {
            return false;
        }
    }

    /** The same as JSON, without its comments. */
    static String json(Node tree) {
        return jsonOf(tree).toPrettyString() + "\n";
    }

    private static JsonNode jsonOf(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = JSON.createObjectNode();
                mapping.getValue().forEach(tuple -> object.set(text(tuple.getKeyNode()), jsonOf(tuple.getValueNode())));
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode array = JSON.createArrayNode();
                sequence.getValue().forEach(item -> array.add(jsonOf(item)));
                yield array;
            }
            case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> new TextNode(scalar.getValue());
            // A number, a truth value or nothing, as JSON writes it too.
            default -> new POJONode(new RawValue(text(node)));
        };
    }

    /** What stands at {@code key}. */
    static Optional<Node> get(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> text(tuple.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    /** The text at {@code key}; empty where there is none. */
    static String text(Node node, String key) {
        return get(node, key).map(YamlTree::text).orElse("");
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The items at {@code key}; none where there is nothing. */
    static List<Node> items(Node node, String key) {
        return switch (get(node, key).orElse(null)) {
            case null -> List.of();
            case SequenceNode sequence -> sequence.getValue();
            case ScalarNode nothing when nothing.getTag().equals(Tag.NULL) -> List.of();
            default -> throw new YAMLException("its " + key + " are no list");
        };
    }

    /** Puts {@code value} at {@code key}, in the place of what stood there or at the end. */
    static void put(MappingNode mapping, String key, Node value) {
        List<NodeTuple> tuples = mapping.getValue();
        for (int i = 0; i < tuples.size(); i++) {
            if (text(tuples.get(i).getKeyNode()).equals(key)) {
                tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
                return;
            }
        }
        tuples.add(new NodeTuple(of(key), value));
    }

    static SequenceNode list(List<Node> items) {
        return new SequenceNode(Tag.SEQ, items, DumperOptions.FlowStyle.BLOCK);
    }

    /** What lab writes itself. */
    static Node of(Object value) {
        return new Yaml().compose(new StringReader(vmlab.kube.Yaml.write(value)));
    }
}
