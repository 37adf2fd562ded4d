package vmlab.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vmlab.run.Event;

/** The images that nodes asked a lab's registry for in vain, by what its boot server served. */
public final class RefusedPulls {

    /** A request for an image, as the boot server notes it: repository, tag or digest, registry. */
    private static final Pattern ASKED = Pattern.compile("/v2/(.+)/manifests/([^?]+)(?:\\?ns=([^&]+))?.*");

    private static final int REFUSED = 403;

    private RefusedPulls() {}

    /** Their names, each once: of those that were not there when they were asked for last. */
    public static List<String> of(Stream<Event.Served> served) {
        Map<String, Integer> last = new LinkedHashMap<>();
        served.forEach(it -> name(it.path()).ifPresent(name -> last.put(name, it.status())));
        return last.entrySet().stream()
                .filter(asked -> asked.getValue() == REFUSED)
                .map(Map.Entry::getKey)
                .toList();
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
