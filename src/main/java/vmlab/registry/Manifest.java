package vmlab.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What an image consists of, or, where it is an index, which images there are of it for which platform.
 *
 * @param text as it came: its digest is what the image is known by
 */
record Manifest(byte[] text, JsonNode json) {

    static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** Those of an image's configuration. */
    static final List<String> CONFIGS = List.of(CONFIG, "application/vnd.docker.container.image.v1+json");

    /** Those of manifests, the ones that a registry is asked for. */
    static final List<String> TYPES = List.of(OCI, OCI_INDEX, DOCKER, DOCKER_LIST);

    /** The only platform that nodes have. */
    static final String PLATFORM = "linux/amd64";

    /** Far more than any manifest has; containerd takes no larger one. */
    static final int LARGEST = 4 << 20;

    /** Reads one. */
    static Manifest parse(byte[] text) {
        try {
            JsonNode json = new JsonMapper().readTree(text);
            if (json.isObject()
                    && (json.path("manifests").isArray() || json.path("layers").isArray())) {
                return new Manifest(text, json);
            }
            if (json.path("schemaVersion").asInt() == 1) {
                throw new NoImage("its manifest has Docker's old form (schema 1), which containerd no longer reads");
            }
        } catch (IOException noJson) {
            // As below.
        }
        throw new NoImage("what should be its manifest is none");
    }

    boolean isIndex() {
        return json.path("manifests").isArray();
    }

    /** What a registry calls it; older ones leave it out. */
    String mediaType() {
        String said = json.path("mediaType").asText();
        return TYPES.contains(said) ? said : isIndex() ? OCI_INDEX : OCI;
    }

    /** Of an index those for the nodes' platform; refuses one that has none. */
    List<Descriptor> forNodes() {
        List<Descriptor> all = descriptors("manifests");
        List<Descriptor> fit = all.stream()
                .filter(each -> each.platform().isEmpty() || each.platform().equals(PLATFORM))
                .toList();
        if (fit.isEmpty()) {
            List<String> others = all.stream()
                    .map(Descriptor::platform)
                    .filter(platform -> !platform.contains("unknown"))
                    .distinct()
                    .toList();
            throw new NoImage("it is for " + (others.isEmpty() ? "no platform" : String.join(", ", others))
                    + " and not for " + PLATFORM + ", which nodes are");
        }
        return fit;
    }

    Descriptor config() {
        return Descriptor.of(json.path("config"));
    }

    List<Descriptor> layers() {
        return descriptors("layers");
    }

    private List<Descriptor> descriptors(String key) {
        List<Descriptor> found = new ArrayList<>();
        StreamSupport.stream(json.path(key).spliterator(), false)
                .map(Descriptor::of)
                .forEach(found::add);
        return found;
    }
}
