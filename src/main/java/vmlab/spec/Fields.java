package vmlab.spec;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The keys of a mapping. Asking for one makes it known; {@link #refuseOthers} then refuses whatever was never asked for. */
final class Fields {

    private final Value.Entries entries;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Value.Entries entries, Problems problems) {
        this.entries = entries;
        this.problems = problems;
    }

    /** What stands there; empty when nothing does, or it was refused. */
    <T> Optional<T> read(String key, Type<T> type) {
        return value(key).flatMap(value -> type.read(value, problems));
    }

    /** The same, for a key that must be there. */
    <T> Optional<T> require(String key, Type<T> type, String example) {
        if (value(key).isEmpty()) {
            problem(key, "is missing", "write " + key + ": " + example);
        }
        return read(key, type);
    }

    /** Lets something else look for problems besides. */
    void also(Consumer<Problems> look) {
        look.accept(problems);
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    /** The value of a key, which becomes known by this. */
    Optional<Value> value(String key) {
        known.add(key);
        return Optional.ofNullable(entries.byKey().get(key)).map(Value.Entry::value);
    }

    /** A problem with what stands at a key; where nothing does, the mapping shows the place. */
    void problem(String key, String what, String valid) {
        problems.add(place(key), entries.pathOf(key), what, valid);
    }

    /** A problem of the mapping as a whole. */
    void problem(String what, String valid) {
        problems.add(entries, what, valid);
    }

    /** Where a key's value stands, or the mapping when it has none. */
    Place place(String key) {
        return value(key).map(Value::place).orElse(entries.place());
    }

    void refuseOthers() {
        entries.byKey().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.key(), entry.value().path(), "unknown key '" + key + "'", Suggestion.among(known, key));
            }
        });
    }
}
