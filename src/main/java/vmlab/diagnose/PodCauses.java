package vmlab.diagnose;

import static vmlab.diagnose.Cause.passing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmlab.run.Event;

/** What keeps a pod of the user's from running where the cluster itself is well. */
final class PodCauses {

    /** A request for an image, as the boot server notes it: repository, tag or digest, registry. */
    private static final Pattern ASKED = Pattern.compile("/v2/(.+)/manifests/([^?]+)(?:\\?ns=([^&]+))?.*");

    private static final int REFUSED = 403;

    static final List<Cause> ALL = List.of(passing(
            "image-missing",
            "a pod asks for a container image that nobody has",
            "lab images pull NAME fetches it from its registry, lab load NAME brings it from this machine; the kubelet tries again"
                    + " within five minutes",
            PodCauses::missing));

    private PodCauses() {}

    /** The images that the node asked for, and did not get when it asked last. */
    private static Optional<String> missing(Evidence evidence) {
        Map<String, Integer> last = new LinkedHashMap<>();
        evidence.events(Event.Served.class)
                .forEach(served -> name(served.path()).ifPresent(name -> last.put(name, served.status())));
        List<String> missing = last.entrySet().stream()
                .filter(asked -> asked.getValue() == REFUSED)
                .map(Map.Entry::getKey)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("nobody has " + String.join(", ", missing) + "; lab images pull "
                        + String.join(" ", missing) + ", or lab load an archive");
    }

    private static Optional<String> name(String path) {
        Matcher asked = ASKED.matcher(path);
        if (!asked.matches()) {
            return Optional.empty();
        }
        String registry = asked.group(3) == null ? "" : asked.group(3) + "/";
        String reference = asked.group(2);
        return Optional.of(registry + asked.group(1) + (reference.contains(":") ? "@" : ":") + reference);
    }
}
