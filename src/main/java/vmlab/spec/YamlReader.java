package vmlab.spec;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;

/** Text to values that know where they stand. Strict: one document, no aliases, no tags, no key twice. */
final class YamlReader {

    private YamlReader() {}

    /** The top of a file, which is a mapping; empty when there are problems that leave nothing to look at. */
    static Optional<Value.Entries> read(Path file, Problems problems) {
        return SourceText.read(file, problems).flatMap(text -> parse(file, text, problems));
    }

    /** Of the line in question: what is cut off in front of a password would show it. */
    private static final int WIDEST = 10_000;

    private static Optional<Value.Entries> parse(Path file, String text, Problems problems) {
        try {
            if (hasAliases(file, text, problems)) {
                return Optional.empty();
            }
            var top = new Yaml(withTags()).compose(new StringReader(text));
            var nothing = new Value.Scalar(Place.whole(file), "", "", Value.Kind.EMPTY);
            return Optional.ofNullable(top)
                    .map(node -> new NodeConverter(file, problems).convert(node, ""))
                    .orElse(Optional.of(nothing))
                    .flatMap(value -> top(value, problems));
        } catch (MarkedYAMLException e) {
            var mark = Optional.ofNullable(e.getProblemMark());
            var place = mark.map(at -> place(file, at)).orElse(Place.whole(file));
            var excerpt = mark.map(at -> at.get_snippet(4, WIDEST)).map(lines -> "look at\n" + lines);
            problems.add(place, "", "is not YAML: " + oneLine(e), excerpt.orElse(""));
        } catch (YAMLException e) {
            problems.add(Place.whole(file), "", "is not YAML: " + String.valueOf(e.getMessage()), "");
        }
        return Optional.empty();
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

    /** Aliases are refused before anything follows them: a few lines of them can stand for gigabytes. */
    private static boolean hasAliases(Path file, String text, Problems problems) {
        var aliases = new ArrayList<AliasEvent>();
        for (Event event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                aliases.add(alias);
            }
        }
        aliases.stream().findFirst().ifPresent(alias -> {
            var found = "'*" + alias.getAnchor() + "' is an alias, which are not understood here";
            problems.add(place(file, alias.getStartMark()), "", found, "write the value out");
        });
        return !aliases.isEmpty();
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
