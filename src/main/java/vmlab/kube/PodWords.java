package vmlab.kube;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's status means. */
public final class PodWords {

    /** Restarts after which a crash loop is no longer the disorder of a start. */
    private static final int HOPELESS_RESTARTS = 5;

    private static final Set<String> NO_IMAGE = Set.of("ErrImageNeverPull", "ImagePullBackOff", "InvalidImageName");

    private PodWords() {}

    /** {@code pod kube-system/coredns-5d78}. */
    public static String name(Pod pod) {
        return "pod " + pod.getMetadata().getNamespace() + "/"
                + pod.getMetadata().getName();
    }

    /** Whether it is meant to run: not a finished job's, not one on its way out, not a failed one that its owner replaces. */
    public static boolean counts(Pod pod) {
        String phase = phase(pod);
        boolean replaced = "Failed".equals(phase)
                && !pod.getMetadata().getOwnerReferences().isEmpty();
        return !"Succeeded".equals(phase) && !replaced && pod.getMetadata().getDeletionTimestamp() == null;
    }

    /** Why it does not run and serve; empty if it does. */
    public static Optional<String> notRunning(Pod pod) {
        String phase = phase(pod);
        Optional<String> waiting = statuses(pod)
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .map(status -> reason(
                        status.getState().getWaiting().getReason(),
                        status.getState().getWaiting().getMessage()))
                .findFirst();
        if (waiting.isPresent()) {
            return Optional.of(phase + ": " + waiting.get());
        }
        if (!"Running".equals(phase)) {
            return Optional.of(
                    phase + condition(pod, "PodScheduled").map(it -> ": " + it).orElse(""));
        }
        return condition(pod, "Ready").map(why -> "runs, but is not Ready: " + why);
    }

    /** Why it will never run; empty if it may. */
    public static Optional<String> hopeless(Pod pod) {
        return statuses(pod)
                .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
                .flatMap(status -> {
                    String reason =
                            String.valueOf(status.getState().getWaiting().getReason());
                    if (NO_IMAGE.contains(reason)) {
                        return Stream.of(reason + ": the node has no image " + status.getImage());
                    }
                    boolean loops = reason.equals("CrashLoopBackOff") && status.getRestartCount() >= HOPELESS_RESTARTS;
                    return loops
                            ? Stream.of("crashed " + status.getRestartCount() + " times: container " + status.getName()
                                    + " of " + status.getImage() + lastExit(status))
                            : Stream.empty();
                })
                .findFirst();
    }

    /** What to do about a hopeless one. */
    public static String next(Pod pod) {
        boolean image =
                hopeless(pod).filter(why -> why.contains("has no image")).isPresent();
        return image
                ? "add the image's archive to images: in the recipe, or set k0s.config.images.default_pull_policy:"
                        + " IfNotPresent where the nodes reach a registry"
                : "lab ssh, then: k0s kubectl -n " + pod.getMetadata().getNamespace() + " logs --previous "
                        + pod.getMetadata().getName();
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.of(
                                pod.getStatus().getInitContainerStatuses(),
                                pod.getStatus().getContainerStatuses())
                        .flatMap(List::stream);
    }

    /** What a condition that is not True says; empty where it is True or absent. */
    private static Optional<String> condition(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()) && !"True".equals(condition.getStatus()))
                        .findFirst()
                        .map((PodCondition condition) -> reason(condition.getReason(), condition.getMessage()));
    }

    private static String reason(@Nullable String reason, @Nullable String message) {
        String named = reason == null ? "not ready" : reason;
        return message == null || message.isBlank() ? named : named + ": " + message.strip();
    }

    private static String lastExit(ContainerStatus status) {
        var last = status.getLastState() == null ? null : status.getLastState().getTerminated();
        return last == null ? "" : ", last exit status " + last.getExitCode();
    }
}
