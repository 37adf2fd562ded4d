package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reference to content, as OCI's image specification has it.
 *
 * @param platform {@code linux/amd64}; empty where it does not say
 */
record Descriptor(String mediaType, BlobDigest digest, long size, String platform, Map<String, String> annotations) {

    /** Reads one from a manifest, an index or a layout. */
    static Descriptor of(JsonNode json) {
        String digest = json.path("digest").asText();
        Map<String, String> annotations = new LinkedHashMap<>();
        json.path("annotations")
                .properties()
                .forEach(each -> annotations.put(each.getKey(), each.getValue().asText()));
        JsonNode platform = json.path("platform");
        return new Descriptor(
                json.path("mediaType").asText(),
                BlobDigest.parse(digest)
                        .orElseThrow(() -> new NoImage("it refers to '" + digest + "', which is no SHA-256 digest")),
                json.path("size").asLong(-1),
                platform.isObject()
                        ? platform.path("os").asText() + "/"
                                + platform.path("architecture").asText()
                        : "",
                annotations);
    }

    /** One whose size is not known yet. */
    static Descriptor of(String mediaType, BlobDigest digest) {
        return new Descriptor(mediaType, digest, -1, "", Map.of());
    }
}
