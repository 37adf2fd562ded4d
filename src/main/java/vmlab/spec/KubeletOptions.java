package vmlab.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The taints and flags that a kubelet starts with, as far as it would start, register and become Ready with them. */
final class KubeletOptions {

    private static final String EFFECT = "(NoSchedule|PreferNoSchedule|NoExecute)";

    private static final Pattern TAINT =
            Pattern.compile("(" + Labels.PREFIX + Labels.NAME + ")(?:=(" + Labels.NAME + ")?)?:" + EFFECT);

    /** Of taints that Kubernetes sets and removes itself. */
    private static final List<String> CONDITIONS = List.of("node.kubernetes.io/", "node.cloudprovider.kubernetes.io/");

    private static final Pattern ARGUMENT = Pattern.compile("(--[a-z][a-z0-9-]*)(?:=[^\\s'\"]*)?");

    /** Flags that say what lab says already, and with what to say it instead. */
    private static final Map<String, String> OWN = Map.of(
            "--node-labels", "write it under labels",
            "--register-with-taints", "write it under taints",
            "--hostname-override", "write it as the node's name",
            "--register-node", "remove it: lab waits for the node");

    /** {@code [dedicated=batch:NoSchedule]}. */
    static final Type<List<String>> TAINTS =
            (value, problems) -> Type.listOf(Type.text().as(KubeletOptions::taint))
                    .read(value, problems)
                    .flatMap(taints -> unique(taints, value, problems));

    /** {@code [--max-pods=50]}; k0s takes them all in one argument, apart by blanks. */
    static final Type<List<String>> ARGUMENTS = Type.listOf(Type.text().as(KubeletOptions::argument));

    private KubeletOptions() {}

    private static String taint(String text) {
        var key = Labels.key(text.split("[=:]", 2)[0]);
        var match = TAINT.matcher(text);
        if (!match.matches()) {
            throw new InvalidValue(
                    "'" + text + "' is not valid",
                    "key=value:effect or key:effect, the effect NoSchedule, PreferNoSchedule or NoExecute");
        }
        Optional.ofNullable(match.group(2)).ifPresent(Labels::value);
        if (CONDITIONS.stream().anyMatch(key::startsWith)) {
            throw new InvalidValue(
                    "'" + key + "' is reserved: Kubernetes sets and removes it itself", "take a domain of your own");
        }
        return text;
    }

    /** The API takes no node with two taints of one key and effect. */
    private static Optional<List<String>> unique(List<String> taints, Value value, Problems problems) {
        var seen = new HashSet<String>();
        Stream<String> twice =
                taints.stream().filter(taint -> !seen.add(TAINT.matcher(taint).replaceFirst("$1:$3")));
        twice.findFirst()
                .ifPresent(taint -> problems.add(
                        value, "has two taints of one key and effect: '" + taint + "' is the second", "keep one"));
        return Optional.of(taints);
    }

    private static String argument(String text) {
        var match = ARGUMENT.matcher(text);
        if (!match.matches()) {
            throw new InvalidValue("'" + text + "' is not valid", "a flag without blanks: --max-pods=50");
        }
        var flag = match.group(1);
        if (OWN.containsKey(flag)) {
            throw new InvalidValue("'" + flag + "' is lab's to say", OWN.get(flag));
        }
        return text;
    }
}
