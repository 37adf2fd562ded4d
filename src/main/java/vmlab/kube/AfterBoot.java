package vmlab.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import vmlab.run.Reading;
import vmlab.run.Waiter;

/**
 * Readiness of a cluster whose nodes were switched on again. What the API says of a node is at first what the node said before: Ready
 * counts once its kubelet has reported from the boot that runs now.
 */
public final class AfterBoot implements Waiter.Probe<ClusterState> {

    private final KubeApi api;
    private final NodeRoll roll;
    private final Map<String, String> running;
    private final Waiter.Probe<ClusterState> readiness;
    private boolean current;

    /**
     * Readiness after a boot.
     *
     * @param running the boot id of each machine, by the node's name; those that the API does not know run no kubelet, or have yet to
     *     register
     */
    public AfterBoot(KubeApi api, Map<String, String> running, Waiter.Probe<ClusterState> readiness) {
        this.api = api;
        this.roll = new NodeRoll(api);
        this.running = Map.copyOf(running);
        this.readiness = readiness;
    }

    @Override
    public Reading<ClusterState> read() throws InterruptedException {
        if (!current) {
            Optional<Reading<ClusterState>> stale = stale();
            if (stale.isPresent()) {
                return stale.get();
            }
            current = true;
        }
        return readiness.read();
    }

    private Optional<Reading<ClusterState>> stale() throws InterruptedException {
        try {
            Optional<String> starting = api.unready();
            if (starting.isPresent()) {
                return Optional.of(new Reading.NotYet<>(starting.get()));
            }
            return roll.bootIds().entrySet().stream()
                    .filter(node -> running.containsKey(node.getKey())
                            && !running.get(node.getKey()).equals(node.getValue()))
                    .findFirst()
                    .map(node -> new Reading.NotYet<>(
                            "node " + node.getKey() + " has not reported since it was switched on"));
        } catch (KubernetesClientException error) {
            return Optional.of(ApiWords.of(error));
        }
    }
}
