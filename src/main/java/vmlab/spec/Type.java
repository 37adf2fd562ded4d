package vmlab.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns a YAML value into a T, or adds the problem and turns it into nothing. */
@FunctionalInterface
interface Type<T> {

    /** What YAML 1.1 and 1.2 both take for true or false. */
    Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");

    Optional<T> read(Value value, Problems problems);

    /** This, then a step that may refuse what it gets with {@link InvalidValue}. */
    default <R> Type<R> as(Function<? super T, ? extends R> next) {
        return (value, problems) -> read(value, problems).flatMap(read -> {
            try {
                return Optional.of(next.apply(read));
            } catch (InvalidValue e) {
                problems.add(value, e.what(), e.valid());
                return Optional.empty();
            }
        });
    }

    /** A single value, verbatim, whatever YAML would take it for. */
    static Type<String> text() {
        return (value, problems) -> {
            if (!(value instanceof Value.Scalar scalar)) {
                return refuse(value, problems, "is " + value.shown(), "a single value belongs here");
            }
            if (!scalar.text().isBlank() && scalar.kind() != Value.Kind.EMPTY) {
                return Optional.of(scalar.text());
            }
            return refuse(
                    value,
                    problems,
                    "has no value",
                    scalar.text().isBlank()
                            ? "write one, or remove the key"
                            : "remove the key, or put '" + scalar.text() + "' in quotes where that is the value");
        };
    }

    /** Text of one shape. */
    static Type<String> matching(Pattern shape, String valid) {
        return text().as(text -> {
            if (!shape.matcher(text).matches()) {
                throw new InvalidValue("'" + text + "' is not valid", valid);
            }
            return text;
        });
    }

    /** A whole number, both ends included; in quotes too, for templates put all values in some. */
    static Type<Integer> number(int least, int most) {
        var valid = "a whole number from " + least + " to " + most;
        return (value, problems) -> {
            var plain = value instanceof Value.Scalar scalar && scalar.isA(Value.Kind.INTEGER)
                    ? Optional.of(scalar.text())
                    : Optional.<String>empty();
            return plain.filter(text -> text.matches("0|[1-9][0-9]{0,8}"))
                    .map(Integer::valueOf)
                    .filter(number -> number >= least && number <= most)
                    .or(() -> refuse(value, problems, "is " + value.shown(), valid));
        };
    }

    /** True or false, in YAML 1.2's spelling; in quotes too. */
    static Type<Boolean> bool() {
        return (value, problems) -> value instanceof Value.Scalar scalar
                        && scalar.isA(Value.Kind.BOOLEAN)
                        && BOOLEAN.matcher(scalar.text()).matches()
                ? Optional.of(Boolean.valueOf(scalar.text()))
                : refuse(value, problems, "is " + value.shown(), "write true or false");
    }

    /** One of some things, by their {@code toString}. */
    static <E> Type<E> oneOf(List<E> things) {
        var byName = new LinkedHashMap<String, E>();
        things.forEach(thing -> byName.put(thing.toString(), thing));
        return text().as(text -> {
            var thing = byName.get(text);
            if (thing == null) {
                throw new InvalidValue("'" + text + "' is unknown", Suggestion.among(byName.keySet(), text));
            }
            return thing;
        });
    }

    /** A list; items that are refused are left out, so that the others can still be looked at. */
    static <T> Type<List<T>> listOf(Type<T> item) {
        return (value, problems) -> {
            if (!(value instanceof Value.Items items)) {
                var example =
                        value instanceof Value.Scalar scalar && !scalar.text().isEmpty()
                                ? "write [" + scalar.text() + "]"
                                : "write a list: [a, b], or [] for none";
                return refuse(value, problems, "is " + value.shown() + " where a list belongs", example);
            }
            var read = new ArrayList<T>();
            items.values().forEach(each -> item.read(each, problems).ifPresent(read::add));
            return Optional.of(List.copyOf(read));
        };
    }

    /** A mapping from names that the user is free to choose. */
    static Type<Map<String, String>> mapOf(Type<String> key, Type<String> item) {
        return (value, problems) -> {
            if (!(value instanceof Value.Entries entries)) {
                return refuse(value, problems, "is " + value.shown(), "write a mapping: {key: value}");
            }
            var read = new LinkedHashMap<String, String>();
            entries.byKey().forEach((name, entry) -> {
                var typed = new Value.Scalar(entry.key(), entry.value().path(), name, Value.Kind.TEXT);
                var validKey = key.read(typed, problems);
                var validItem = item.read(entry.value(), problems);
                validKey.ifPresent(known -> validItem.ifPresent(it -> read.put(known, it)));
            });
            return Optional.of(read);
        };
    }

    /** A mapping with known keys: those that the reader asks for. Any other is refused. */
    static <T> Type<T> mapping(Function<Fields, T> reader) {
        return (value, problems) -> {
            if (!(value instanceof Value.Entries entries)) {
                return refuse(value, problems, "is " + value.shown(), "write a mapping: key: value");
            }
            var fields = new Fields(entries, problems);
            var read = reader.apply(fields);
            fields.refuseOthers();
            return Optional.of(read);
        };
    }

    private static <T> Optional<T> refuse(Value value, Problems problems, String what, String valid) {
        problems.add(value, what, valid);
        return Optional.empty();
    }
}
