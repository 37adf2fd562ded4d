package vmlab.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** SnakeYAML's node graph to our values: adds file and path, refuses tags and keys that stand twice. */
final class NodeConverter {

    private static final Set<Tag> UNDERSTOOD =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    /** A number to YAML 1.2 alone. */
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o[0-7]+");

    private final Path file;
    private final Problems problems;

    NodeConverter(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Optional<Value> convert(Node node, String path) {
        var place = YamlReader.place(file, node.getStartMark());
        if (!UNDERSTOOD.contains(node.getTag())) {
            problems.add(place, path, "has the tag " + node.getTag(), "tags are not understood here: remove it");
            return Optional.empty();
        }
        return Optional.of(
                switch (node) {
                    case MappingNode mapping -> entries(mapping, place, path);
                    case SequenceNode sequence -> items(sequence, place, path);
                    case ScalarNode scalar -> new Value.Scalar(place, path, scalar.getValue(), kind(scalar));
                    default -> throw new IllegalStateException("no such node in YAML: " + node.getNodeId());
                });
    }

    private Value.Items items(SequenceNode sequence, Place place, String path) {
        var values = new ArrayList<Value>();
        var index = 0;
        for (Node item : sequence.getValue()) {
            convert(item, path + "[" + index++ + "]").ifPresent(values::add);
        }
        return new Value.Items(place, path, Collections.unmodifiableList(values));
    }

    private Value.Entries entries(MappingNode mapping, Place place, String path) {
        var entries = new Value.Entries(place, path, new LinkedHashMap<>());
        for (NodeTuple tuple : mapping.getValue()) {
            key(tuple.getKeyNode(), path).ifPresent(key -> add(entries, key, tuple.getValueNode()));
        }
        return entries;
    }

    private void add(Value.Entries entries, Value.Scalar key, Node node) {
        var name = key.text();
        var first = Optional.ofNullable(entries.byKey().get(name));
        first.ifPresent(entry -> problems.add(
                key.place(),
                entries.pathOf(name),
                "stands here a second time",
                "the first is on line " + entry.key().line() + ": keep one"));
        convert(node, entries.pathOf(name))
                .ifPresent(value -> entries.byKey().putIfAbsent(name, new Value.Entry(key.place(), value)));
    }

    private Optional<Value.Scalar> key(Node node, String path) {
        var place = YamlReader.place(file, node.getStartMark());
        if (node instanceof ScalarNode scalar && scalar.getTag() != Tag.MERGE && scalar.getTag() != Tag.NULL) {
            return Optional.of(new Value.Scalar(place, path, scalar.getValue(), Value.Kind.TEXT));
        }
        if (node.getTag().equals(Tag.MERGE)) {
            problems.add(place, path, "has a merge key '<<', which is not understood here", "write its keys out");
            return Optional.empty();
        }
        problems.add(place, path, "a key is a name", "write key: value");
        return Optional.empty();
    }

    private static Value.Kind kind(ScalarNode scalar) {
        if (!scalar.isPlain()) {
            return Value.Kind.TEXT;
        }
        return switch (scalar.getTag().getClassName()) {
            case "null" -> Value.Kind.EMPTY;
            case "bool" -> Value.Kind.BOOLEAN;
            case "int" -> Value.Kind.INTEGER;
            case "float" -> Value.Kind.DECIMAL;
            default -> OCTAL.matcher(scalar.getValue()).matches() ? Value.Kind.INTEGER : Value.Kind.TEXT;
        };
    }
}
