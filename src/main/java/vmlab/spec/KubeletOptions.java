package vmlab.spec;

import java.util.Map;
import java.util.regex.Pattern;

/** What a kubelet registers with; the syntax is Kubernetes' own (k8s.io/apimachinery/pkg/util/validation). */
final class KubeletOptions {

    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
    private static final String PREFIX = "(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?";
    private static final String EFFECT = "(?:NoSchedule|PreferNoSchedule|NoExecute)";

    private static final Type<String> KEY =
            Type.matching(Pattern.compile(PREFIX + NAME), "a label is called like tier or example.com/tier");
    private static final Type<String> VALUE = Type.matching(
            Pattern.compile(NAME), "letters, digits, . _ and -, at most 63, a letter or digit first and last");

    /** {@code {tier: fast}}. */
    static final Type<Map<String, String>> LABELS = Type.mapOf(KEY, VALUE);

    /** {@code dedicated=batch:NoSchedule}. */
    static final Type<String> TAINT = Type.matching(
            Pattern.compile(PREFIX + NAME + "(?:=(?:" + NAME + ")?)?:" + EFFECT),
            "key=value:effect or key:effect, the effect NoSchedule, PreferNoSchedule or NoExecute");

    /** {@code --max-pods=50}; k0s takes them all in one argument, apart by blanks. */
    static final Type<String> ARGUMENT =
            Type.matching(Pattern.compile("--[a-z][a-z0-9-]*(?:=[^\\s'\"]*)?"), "a flag without blanks: --max-pods=50");

    private KubeletOptions() {}
}
