package vmlab.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A cluster with KubeVirt, and how a lab is to be had there. On one line, as {@code --connect} takes it:
 * {@code kubevirt:CONTEXT?storageClass=fast&gateway=registry.example/lab}.
 *
 * @param context the kubeconfig's; empty: its current one
 * @param settings {@code gateway}, {@code network}, {@code prefix}, {@code storageClass}, and {@code node.LABEL} for each label of the nodes that
 *     may carry machines
 */
public record KubevirtCluster(String context, Map<String, String> settings) {

    /** What the line begins with. */
    public static final String SCHEME = "kubevirt:";

    private static final String NODE = "node.";

    /** Copies its map. */
    public KubevirtCluster {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Reads the line; empty where it is of something else. */
    public static Optional<KubevirtCluster> parse(String line) {
        if (!line.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String[] parts = line.substring(SCHEME.length()).split("\\?", 2);
        Map<String, String> settings = new TreeMap<>();
        if (parts.length > 1) {
            for (String setting : parts[1].split("&")) {
                String[] pair = setting.split("=", 2);
                settings.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
            }
        }
        return Optional.of(new KubevirtCluster(decoded(parts[0]), settings));
    }

    /** One of the settings. */
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** Labels of the nodes that may carry machines. */
    public Map<String, String> nodeSelector() {
        return settings.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(NODE))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(NODE.length()), Map.Entry::getValue));
    }

    /** The same in another context. */
    public KubevirtCluster in(String other) {
        return new KubevirtCluster(other, settings);
    }

    /** The line. */
    @Override
    public String toString() {
        String all = settings.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return SCHEME + encoded(context) + (all.isEmpty() ? "" : "?" + all);
    }

    /** Slashes, colons and the at of other tools' contexts stay readable. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
