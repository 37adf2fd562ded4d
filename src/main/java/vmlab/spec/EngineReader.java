package vmlab.spec;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code engine}. */
final class EngineReader {

    static final Type<String> TYPE = Type.mapping(EngineReader::read);

    private static final String NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";
    private static final Type<String> STORAGE_CLASS = Type.matching(Pattern.compile(NAME), "a StorageClass's name");
    private static final Type<String> NETWORK =
            Type.matching(Pattern.compile(NAME + "/" + NAME), "a NetworkAttachmentDefinition, NAMESPACE/NAME");
    private static final Type<String> PREFIX =
            Type.matching(Pattern.compile("[a-z][a-z0-9-]{0,20}-"), "what names of namespaces begin with, like lab-");
    private static final Type<String> REPOSITORY = Type.matching(
            Pattern.compile("[a-z0-9][a-zA-Z0-9.-]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+"),
            "a registry and a name there, without a tag");
    private static final Type<Map<String, String>> LABELS = Type.mapOf(
            Type.matching(Pattern.compile("([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*"), "a label's name"), Type.text());

    private EngineReader() {}

    private static String read(Fields fields) {
        return fields.require("kubevirt", Type.mapping(EngineReader::kubevirt), "{context: staging}")
                .map(KubevirtCluster::toString)
                .orElse("");
    }

    private static KubevirtCluster kubevirt(Fields fields) {
        Map<String, String> settings = new TreeMap<>();
        var context = fields.read("context", Type.text());
        fields.read("gateway", REPOSITORY).ifPresent(it -> settings.put("gateway", it));
        fields.read("storageClass", STORAGE_CLASS).ifPresent(it -> settings.put("storageClass", it));
        fields.read("network", NETWORK).ifPresent(it -> settings.put("network", it));
        fields.read("prefix", PREFIX).ifPresent(it -> settings.put("prefix", it));
        fields.read("nodeSelector", LABELS)
                .ifPresent(labels -> labels.forEach((label, value) -> settings.put("node." + label, value)));
        return new KubevirtCluster(context.orElse(""), settings);
    }
}
