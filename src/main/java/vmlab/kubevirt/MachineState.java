package vmlab.kubevirt;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What KubeVirt says of a machine, in the words that engines have for it. */
final class MachineState {

    static final String PAUSED = "paused";

    private MachineState() {}

    /** {@code running}, {@code paused}, {@code shutoff}, or KubeVirt's own word: {@code error-unschedulable}. */
    static String of(GenericKubernetesResource machine) {
        String said = Optional.ofNullable(machine.<String>get("status", "printableStatus"))
                .orElse("Stopped");
        if (said.equals("Stopped") && isToStart(machine)) {
            return "starting";
        }
        return switch (said) {
            case "Running" -> "running";
            case "Paused" -> PAUSED;
            case "Stopped" -> "shutoff";
            default -> said.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        };
    }

    /** Whether it was switched on, and KubeVirt has yet to heed it. */
    private static boolean isToStart(GenericKubernetesResource machine) {
        return list(machine, "status", "stateChangeRequests").stream()
                .anyMatch(request -> "Start".equals(request.get("action")));
    }

    /** Why one that is to run does not, as its conditions have it: no node takes it, its disk does not bind, its pod can't be made. */
    static String trouble(GenericKubernetesResource machine) {
        return list(machine, "status", "conditions").stream()
                .filter(MachineState::isTrouble)
                .map(condition -> condition.get("reason") + ": " + condition.get("message"))
                .findFirst()
                .orElse("");
    }

    private static boolean isTrouble(Map<String, Object> condition) {
        boolean isTrue = "True".equals(condition.get("status"));
        return condition.get("message") != null
                && switch (String.valueOf(condition.get("type"))) {
                    case "PodScheduled", "Synchronized" -> !isTrue;
                    case "Failure" -> isTrue;
                    default -> false;
                };
    }

    /** Whether it has begun to run and not ended: what it runs in may only be on its way, and goes a while after it. */
    static boolean isRunning(GenericKubernetesResource machine) {
        return Boolean.TRUE.equals(machine.<Boolean>get("status", "created"))
                && !"Stopped".equals(machine.<String>get("status", "printableStatus"));
    }

    /** A list of trees within an object; changes to them change it. */
    static List<Map<String, Object>> list(GenericKubernetesResource object, Object... path) {
        return Optional.ofNullable(object.<List<Map<String, Object>>>get(path)).orElse(List.of());
    }

    static String text(GenericKubernetesResource object, Object... path) {
        return Optional.ofNullable(object.<Object>get(path))
                .map(String::valueOf)
                .orElse("");
    }
}
