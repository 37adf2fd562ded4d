package vmlab.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping that is handed on as it is, to something with a format of its own. What YAML 1.1 and 1.2 read differently is refused. */
final class FreeForm {

    /** Of strings, booleans, longs, doubles, lists and maps; in the order of the file. */
    static final Type<Map<String, Object>> MAP = (value, problems) -> {
        if (value instanceof Value.Entries entries) {
            return Optional.of(map(entries, problems));
        }
        problems.add(value, "is " + value.shown(), "write a mapping: {key: value}, or {} for none");
        return Optional.empty();
    };

    private FreeForm() {}

    private static Map<String, Object> map(Value.Entries entries, Problems problems) {
        var map = new LinkedHashMap<String, Object>();
        entries.byKey().forEach((key, entry) -> any(entry.value(), problems).ifPresent(object -> map.put(key, object)));
        return Collections.unmodifiableMap(map);
    }

    private static List<Object> list(Value.Items items, Problems problems) {
        var list = new ArrayList<Object>();
        items.values().forEach(item -> any(item, problems).ifPresent(list::add));
        return Collections.unmodifiableList(list);
    }

    private static Optional<Object> any(Value value, Problems problems) {
        return switch (value) {
            case Value.Entries entries -> Optional.of(map(entries, problems));
            case Value.Items items -> Optional.of(list(items, problems));
            case Value.Scalar scalar -> scalar(scalar, problems);
        };
    }

    private static Optional<Object> scalar(Value.Scalar scalar, Problems problems) {
        var text = scalar.text();
        try {
            return switch (scalar.kind()) {
                case TEXT -> Optional.of(text);
                case EMPTY -> throw new InvalidValue("has no value", "write one, or remove the key");
                case BOOLEAN -> Optional.of(bool(text));
                case INTEGER -> Optional.of(integer(text));
                case DECIMAL -> Optional.of(decimal(text));
            };
        } catch (InvalidValue e) {
            problems.add(scalar, e.what(), e.valid());
            return Optional.empty();
        }
    }

    private static boolean bool(String text) {
        if (!Type.BOOLEAN.matcher(text).matches()) {
            throw ambiguous(text, "write true or false, or '" + text + "' in quotes");
        }
        return Boolean.parseBoolean(text);
    }

    private static long integer(String text) {
        if (!text.matches("-?(0|[1-9][0-9]{0,17})")) {
            throw ambiguous(text, "write it in decimal, or in quotes when it is text");
        }
        return Long.parseLong(text);
    }

    private static double decimal(String text) {
        if (!text.matches("-?[0-9]+\\.[0-9]+([eE][+-]?[0-9]+)?")) {
            throw ambiguous(text, "write it like 1.5, or in quotes when it is text");
        }
        return Double.parseDouble(text);
    }

    private static InvalidValue ambiguous(String text, String valid) {
        return new InvalidValue("'" + text + "' means different things to different readers of YAML", valid);
    }
}
