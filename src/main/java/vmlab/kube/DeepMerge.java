package vmlab.kube;

import java.util.LinkedHashMap;
import java.util.Map;

/** One map laid over another, at every depth. */
final class DeepMerge {

    private DeepMerge() {}

    /** {@code below} with {@code above} over it: maps are merged, anything else is replaced, null removes. */
    static Map<String, Object> of(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> merged = new LinkedHashMap<>(below);
        above.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else if (value instanceof Map<?, ?> upper && merged.get(key) instanceof Map<?, ?> lower) {
                merged.put(key, of(strings(lower), strings(upper)));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }
}
