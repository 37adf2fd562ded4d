package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import vmlab.run.Reading;

/**
 * One node as the API server knows it, and what an edit of the lab tells the API server of it. Each request is tried once; it is Ready
 * when it is done, so that a {@link vmlab.run.Waiter} tries again while the API is away.
 */
public final class KubeNode {

    private final KubernetesClient client;
    private final String name;

    /** The node {@code name}; it need not exist. */
    public KubeNode(KubeApi api, String name) {
        this.client = api.client();
        this.name = name;
    }

    /** Lets no further pod onto it; Ready with the id of the boot that it is in, empty where the API server knows no such node. */
    public Reading<Optional<String>> cordon() throws InterruptedException {
        return ask(() -> {
            edit(node -> schedulable(node, false));
            return found().map(KubeNode::bootId);
        });
    }

    /** Whether no pods are let onto it; false where the API server knows no such node. */
    public Reading<Boolean> isCordoned() throws InterruptedException {
        return ask(() -> found().filter(node -> node.getSpec() != null
                        && Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .isPresent());
    }

    /** Lets pods onto it again. */
    public Reading<String> uncordon() throws InterruptedException {
        return ask(() -> edit(node -> schedulable(node, true)));
    }

    private static Node schedulable(Node node, boolean open) {
        return new NodeBuilder(node)
                .editOrNewSpec()
                .withUnschedulable(open ? null : true)
                .endSpec()
                .build();
    }

    /** Makes the API server forget it; one that it does not know is fine. */
    public Reading<String> delete() throws InterruptedException {
        return ask(() -> {
            client.nodes().withName(name).delete();
            return "deleted";
        });
    }

    /** Gives it labels and taints in the place of those that {@code oldLabels} and {@code oldTaints} name; others' stay. */
    public Reading<String> relabel(
            Collection<String> oldLabels,
            Map<String, String> labels,
            Collection<String> oldTaints,
            Collection<String> taints)
            throws InterruptedException {
        return ask(() -> edit(node -> {
            Map<String, String> all = new HashMap<>(node.getMetadata().getLabels());
            oldLabels.forEach(all::remove);
            all.putAll(labels);
            List<Taint> kept = new ArrayList<>(node.getSpec().getTaints());
            // Of those that are to be, some may be there: from a try that was killed, or because the node has had them
            // all along.
            Stream.concat(oldTaints.stream(), taints.stream())
                    .map(KubeNode::taint)
                    .forEach(ours -> kept.removeIf(taint -> isSame(taint, ours)));
            taints.stream().map(KubeNode::taint).forEach(kept::add);
            return new NodeBuilder(node)
                    .editMetadata()
                    .withLabels(all)
                    .endMetadata()
                    .editSpec()
                    .withTaints(kept)
                    .endSpec()
                    .build();
        }));
    }

    private static boolean isSame(Taint one, Taint other) {
        return one.getKey().equals(other.getKey()) && one.getEffect().equals(other.getEffect());
    }

    /** Reads {@code key=value:effect} or {@code key:effect}. */
    private static Taint taint(String text) {
        int effect = text.lastIndexOf(':');
        String[] pair = text.substring(0, effect).split("=", 2);
        return new TaintBuilder()
                .withKey(pair[0])
                .withValue(pair.length > 1 ? pair[1] : null)
                .withEffect(text.substring(effect + 1))
                .build();
    }

    /** Ready when the node is, in a boot other than {@code before}: what it said before it was shut down stands for a while. */
    public Reading<String> readyAfter(Optional<String> before) throws InterruptedException {
        try {
            Optional<Node> node = found();
            if (node.isEmpty()) {
                return new Reading.NotYet<>("node " + name + " has not registered");
            }
            if (before.isPresent() && bootId(node.get()).equals(before.get())) {
                return new Reading.NotYet<>("node " + name + " has not reported since it was started");
            }
            return NodeWords.unready(node.get())
                    .<Reading<String>>map(Reading.NotYet::new)
                    .orElseGet(() -> new Reading.Ready<>("node " + name + " is Ready"));
        } catch (KubernetesClientException error) {
            return ApiWords.of(error);
        }
    }

    /** Whether the API server knows the node. */
    public Reading<Boolean> isKnown() throws InterruptedException {
        return ask(() -> found().isPresent());
    }

    /** The id of the boot that the API server saw the node in last; empty where it knows no such node. */
    public Reading<Optional<String>> boot() throws InterruptedException {
        return ask(() -> found().map(KubeNode::bootId));
    }

    /** Whether no other node that is Ready takes pods. */
    public Reading<Boolean> isAlone() throws InterruptedException {
        return ask(() -> client.nodes().list().getItems().stream()
                .filter(other -> !other.getMetadata().getName().equals(name))
                .filter(other -> other.getSpec() == null
                        || !Boolean.TRUE.equals(other.getSpec().getUnschedulable()))
                .allMatch(other -> NodeWords.unready(other).isPresent()));
    }

    private Optional<Node> found() {
        return Optional.ofNullable(client.nodes().withName(name).get());
    }

    private static String bootId(Node node) {
        return node.getStatus() == null || node.getStatus().getNodeInfo() == null
                ? ""
                : String.valueOf(node.getStatus().getNodeInfo().getBootID());
    }

    private String edit(UnaryOperator<Node> change) {
        if (found().isPresent()) {
            client.nodes().withName(name).edit(change);
        }
        return "done";
    }

    private interface Request<T> {
        T send();
    }

    private static <T> Reading<T> ask(Request<T> request) throws InterruptedException {
        try {
            return new Reading.Ready<>(request.send());
        } catch (KubernetesClientException error) {
            return ApiWords.of(error);
        }
    }
}
