package vmlab.diagnose;

import static vmlab.diagnose.Cause.passing;

import java.util.List;
import java.util.Optional;
import vmlab.run.Event;

/** What keeps a pod of the user's from running where the cluster itself is well. */
final class PodCauses {

    static final List<Cause> ALL = List.of(passing(
            "image-missing",
            "a pod asks for a container image that nobody has",
            "lab images pull NAME fetches it from its registry, lab load NAME brings it from this machine; the kubelet tries again"
                    + " within five minutes",
            PodCauses::missing));

    private PodCauses() {}

    private static Optional<String> missing(Evidence evidence) {
        List<String> missing = RefusedPulls.of(evidence.events(Event.Served.class));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("nobody has " + String.join(", ", missing) + "; lab images pull "
                        + String.join(" ", missing) + ", or lab load an archive");
    }
}
