package vmlab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.LinkedHashMap;
import java.util.Map;

/** YAML documents that belong to others (k0s, kubectl), as plain maps: what lab does not know of them stays as it is. */
final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .stringQuotingChecker(new SafeQuotes())
            .build());

    private Yaml() {}

    /** A map in the order given: the same text each time, which {@link Map#of} would not be. */
    static Map<String, Object> map(String key, Object value, Object... more) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        for (int i = 0; i < more.length; i += 2) {
            map.put((String) more[i], more[i + 1]);
        }
        return map;
    }

    static String write(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException error) {
            throw new IllegalArgumentException("not a YAML document: " + document, error);
        }
    }

    /** The document, its keys in their order; an empty one gives an empty map. */
    static Map<String, Object> read(String text) throws JsonProcessingException {
        Map<String, Object> document = text.isBlank() ? null : MAPPER.readValue(text, new TypeReference<>() {});
        return document == null ? new LinkedHashMap<>() : document;
    }
}
