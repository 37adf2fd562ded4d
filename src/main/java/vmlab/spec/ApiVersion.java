package vmlab.spec;

import java.util.Map;

/** The first line of each file, which says what it is. */
final class ApiVersion {

    private static final Map<String, String> KINDS = Map.of("lab/v1", "a cluster", "lab-image/v1", "an image recipe");

    static final String CLUSTER = "lab/v1";
    static final String RECIPE = "lab-image/v1";

    private ApiVersion() {}

    /** Refuses anything but the one that is expected. */
    static void require(String expected, Fields fields) {
        var type = Type.text().as(text -> {
            if (!text.equals(expected)) {
                var other = KINDS.get(text);
                throw new InvalidValue(
                        other == null ? "'" + text + "' is unknown" : "this file is " + other,
                        KINDS.get(expected) + " starts with apiVersion: " + expected);
            }
            return text;
        });
        fields.require("apiVersion", type, expected);
    }
}
