package vmlab.spec;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Text to values that know where they stand. Strict: one document, no aliases, no tags, no key twice. */
final class YamlReader {

    private YamlReader() {}

    /** The top of a file, which is a mapping; empty when there are problems that leave nothing to look at. */
    static Optional<Value.Entries> read(Path file, Problems problems) {
        return SourceText.read(file, problems).flatMap(text -> parse(file, text, problems));
    }

    /** Of the line in question: what is cut off in front of a password would show it. */
    private static final int WIDEST = 10_000;

    /** Of JSON, where they mean nothing; YAML wants none there. */
    private static final Pattern INDENTING_TABS = Pattern.compile("(?m)^\\s*\\t\\s*");

    private static Optional<Value.Entries> parse(Path file, String source, Problems problems) {
        var text = source.stripLeading().startsWith("{")
                ? INDENTING_TABS.matcher(source).replaceAll(tabs -> tabs.group().replace('\t', ' '))
                : source;
        try {
            if (hasWhatIsNotUnderstood(file, text, problems)) {
                return Optional.empty();
            }
            return one(file, text, problems).flatMap(value -> top(value, problems));
        } catch (MarkedYAMLException e) {
            if (!hasLookAlike(file, text, e, problems)) {
                var mark = Optional.ofNullable(e.getProblemMark());
                var place = mark.map(at -> place(file, at)).orElse(Place.whole(file));
                var excerpt = mark.map(at -> at.get_snippet(4, WIDEST)).map(lines -> "look at\n" + lines);
                problems.add(place, "", "is not YAML: " + oneLine(e), excerpt.orElse(""));
            }
        } catch (YAMLException e) {
            problems.add(Place.whole(file), "", "is not YAML: " + String.valueOf(e.getMessage()), "");
        }
        return Optional.empty();
    }

    /** The only document; templates leave empty ones around it. */
    private static Optional<Value> one(Path file, String text, Problems problems) {
        var documents = StreamSupport.stream(
                        new Yaml(withTags()).composeAll(new StringReader(text)).spliterator(), false)
                .filter(node -> !isEmpty(node))
                .toList();
        if (documents.size() > 1) {
            var second = place(file, documents.get(1).getStartMark());
            problems.add(second, "", "a second document begins here", "keep one in a file");
            return Optional.empty();
        }
        return documents.stream()
                .findFirst()
                .map(node -> new NodeConverter(file, problems).convert(node, ""))
                .orElse(Optional.of(new Value.Scalar(Place.whole(file), "", "", Value.Kind.EMPTY)));
    }

    private static boolean isEmpty(Node document) {
        return document instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    private static Optional<Value.Entries> top(Value value, Problems problems) {
        if (value instanceof Value.Entries entries) {
            return Optional.of(entries);
        }
        var empty = value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.EMPTY;
        problems.add(
                value, empty ? "is empty" : "is " + value.shown() + " where keys belong", "start with apiVersion: …");
        return Optional.empty();
    }

    /** Looked for before anything follows an alias: a few lines of them can stand for gigabytes. */
    private static boolean hasWhatIsNotUnderstood(Path file, String text, Problems problems) {
        var aliases = false;
        var lookAlikes = false;
        for (Event event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias && !aliases) {
                aliases = true;
                var found = "'*" + alias.getAnchor() + "' is an alias, which are not understood here";
                problems.add(place(file, alias.getStartMark()), "", found, "write the value out");
            }
            if (event instanceof ScalarEvent scalar && scalar.isPlain() && LookAlikes.in(scalar.getValue()) >= 0) {
                lookAlikes = true;
                var place = place(file, scalar.getStartMark());
                var value = new Value.Scalar(place, "", scalar.getValue(), Value.Kind.TEXT);
                var found = LookAlikes.found(scalar.getValue(), LookAlikes.in(scalar.getValue()));
                problems.add(place, "", value.shown() + " " + found, LookAlikes.CURE);
            }
        }
        return aliases || lookAlikes;
    }

    /** Whether what the parser stumbled over is a character that looks like the right one. */
    private static boolean hasLookAlike(Path file, String text, MarkedYAMLException error, Problems problems) {
        var end = Optional.ofNullable(error.getProblemMark()).map(Mark::getLine).orElse(0);
        var begin =
                Optional.ofNullable(error.getContextMark()).map(Mark::getLine).orElse(end - 1);
        List<String> lines = text.lines().toList();
        for (var number = Math.max(0, begin); number <= end && number < lines.size(); number++) {
            var line = lines.get(number);
            var at = LookAlikes.in(line);
            if (at >= 0) {
                var place = new Place(file, number + 1, at + 1);
                problems.add(place, "", "is not YAML: the line " + LookAlikes.found(line, at), LookAlikes.CURE);
                return true;
            }
        }
        return false;
    }

    /** Lets tags through to {@link NodeConverter}, which refuses them all with their path. Nothing here makes objects of them. */
    private static LoaderOptions withTags() {
        var options = new LoaderOptions();
        options.setTagInspector(tag -> true);
        return options;
    }

    static Place place(Path file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String oneLine(MarkedYAMLException e) {
        return String.valueOf(e.getProblem()).replaceAll("\\s+", " ");
    }
}
