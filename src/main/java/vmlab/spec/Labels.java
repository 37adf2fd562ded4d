package vmlab.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The labels that a kubelet registers with. Their syntax, and which of Kubernetes' own it may give itself, are upstream's
 * (k8s.io/apimachinery/pkg/util/validation; kubernetes/pkg/kubelet/apis/well_known_labels.go): with any other it does not start.
 */
final class Labels {

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;

    private static final String PART = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

    /** A key's domain, with its slash, if it has one. */
    static final String PREFIX = "(?:" + PART + "(?:\\." + PART + ")*/)?";

    /** A key without its domain, and a value. */
    static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";

    private static final Pattern KEY = Pattern.compile(PREFIX + NAME);
    private static final Pattern VALUE = Pattern.compile(NAME);

    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io");
    private static final List<String> OF_KUBELETS = List.of("kubelet.kubernetes.io", "node.kubernetes.io");
    private static final Set<String> ALLOWED = Set.of(
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "beta.kubernetes.io/instance-type");
    private static final Set<String> SET_BY_KUBELET = Set.of(
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch");

    /** {@code {tier: fast, example.com/gpu: ""}}. */
    static final Type<Map<String, String>> TYPE =
            Type.mapOf(Type.text().as(Labels::key).as(Labels::unreserved), Labels::value);

    private Labels() {}

    /** A label's key, as a taint has one too. */
    static String key(String text) {
        var slash = text.indexOf('/');
        if (slash > LONGEST_PREFIX || text.length() - slash - 1 > LONGEST_NAME) {
            throw tooLong(text, LONGEST_PREFIX + " before the slash and " + LONGEST_NAME + " after it");
        }
        if (!KEY.matcher(text).matches()) {
            throw new InvalidValue("'" + text + "' is not valid", "a label is called like tier or example.com/tier");
        }
        return text;
    }

    /** The value of a label or a taint; that of a label may be empty. */
    static String value(String text) {
        if (text.length() > LONGEST_NAME) {
            throw tooLong(text, Integer.toString(LONGEST_NAME));
        }
        if (!VALUE.matcher(text).matches()) {
            throw new InvalidValue(
                    "'" + text + "' is not valid",
                    "letters, digits, . _ and -, at most " + LONGEST_NAME + ", a letter or digit first and last");
        }
        return text;
    }

    private static Optional<String> value(Value value, Problems problems) {
        if (value instanceof Value.Scalar scalar && scalar.text().isEmpty()) {
            if (scalar.kind() == Value.Kind.TEXT) {
                return Optional.of("");
            }
            problems.add(value, "has no value", "write \"\" for an empty one");
            return Optional.empty();
        }
        return Type.text().as(Labels::value).read(value, problems);
    }

    private static InvalidValue tooLong(String text, String most) {
        return new InvalidValue(
                "'" + text.substring(0, 30) + "…' has " + text.length() + " characters", "at most " + most);
    }

    private static String unreserved(String key) {
        if (SET_BY_KUBELET.contains(key)) {
            throw new InvalidValue("'" + key + "' is set by the kubelet itself", "remove it");
        }
        var domain = key.substring(0, Math.max(0, key.indexOf('/')));
        if (isIn(domain, RESERVED) && !isIn(domain, OF_KUBELETS) && !ALLOWED.contains(key)) {
            throw new InvalidValue(
                    "'" + key + "' is reserved: a kubelet that is to give itself this label does not start",
                    "take a domain of your own, or set it once the node is there: kubectl label node");
        }
        return key;
    }

    private static boolean isIn(String domain, List<String> domains) {
        return domains.stream().anyMatch(it -> domain.equals(it) || domain.endsWith("." + it));
    }
}
