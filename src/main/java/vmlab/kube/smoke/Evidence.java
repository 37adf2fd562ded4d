package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import vmlab.kube.ApiWords;
import vmlab.kube.PodWords;

/** What the cluster itself says about the suite's pods, for somebody who reads about a failed check later. */
final class Evidence {

    private static final int EVENTS = 8;
    private static final int LOG_LINES = 5;

    private Evidence() {}

    /** A line per pod, the last events, the last lines of their logs; as far as the API still answers. Empty before there is a namespace. */
    static String of(SmokeWorld world) throws InterruptedException {
        if (!world.exists()) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        try {
            KubernetesClient client = world.client();
            for (Pod pod : client.pods().inNamespace(world.namespace()).list().getItems()) {
                String node = pod.getSpec().getNodeName();
                lines.add(PodWords.name(pod) + (node == null ? "" : " on " + node) + ": "
                        + PodWords.notRunning(pod).orElse("runs"));
            }
            List<String> events = client.v1().events().inNamespace(world.namespace()).list().getItems().stream()
                    .map(Evidence::line)
                    .distinct()
                    .toList();
            lines.addAll(events.subList(Math.max(0, events.size() - EVENTS), events.size()));
            // Last, since a pod that has not started has no log, and asking for it is an error.
            for (String pod : List.of(Fixtures.SERVER, Fixtures.CLIENT)) {
                world.log(pod, LOG_LINES).lines().forEach(line -> lines.add("log of " + pod + ": " + line));
            }
        } catch (KubernetesClientException error) {
            lines.add("no more evidence: " + ApiWords.text(error));
        }
        return String.join("\n", lines);
    }

    private static String line(Event event) {
        return "event " + event.getReason() + " of " + event.getInvolvedObject().getName() + ": " + event.getMessage();
    }
}
