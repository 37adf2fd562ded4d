package vmlab.spec;

import java.util.List;
import java.util.SequencedMap;

/** A piece of YAML that knows where it stands and what leads to it. */
sealed interface Value {

    /** Where it starts. */
    Place place();

    /** Its path from the top of the file: {@code nodes[1].memory}; empty at the top. */
    String path();

    /** How a message calls it. */
    String shown();

    /** What YAML takes a scalar for; what is in quotes is always text. */
    enum Kind {
        EMPTY,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        TEXT
    }

    /** A single value, verbatim: {@code 010}, {@code no} and {@code 1.30} stay what the user typed. */
    record Scalar(Place place, String path, String text, Kind kind) implements Value {
        private static final int LONG = 60;

        /** Whether it is of this kind, or may be meant so: it stands in quotes. */
        boolean isA(Kind wanted) {
            return kind == wanted || kind == Kind.TEXT;
        }

        @Override
        public String shown() {
            if (text.isEmpty()) {
                return "empty";
            }
            return "'" + (text.length() > LONG ? text.substring(0, LONG) + "…" : text) + "'";
        }
    }

    /** A list. */
    record Items(Place place, String path, List<Value> values) implements Value {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** A mapping, in the order of the file. */
    record Entries(Place place, String path, SequencedMap<String, Entry> byKey) implements Value {
        @Override
        public String shown() {
            return "a mapping";
        }

        /** The path of a key in here, present or not. */
        String pathOf(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }
    }

    /** A value and where its key stands. */
    record Entry(Place key, Value value) {}
}
