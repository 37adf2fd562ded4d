package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vmlab.kube.NodeWords;
import vmlab.run.Reading;

/** Every node is Ready and has an InternalIP. */
final class NodesReady implements SmokeCheck {

    @Override
    public String name() {
        return "nodes-ready";
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiHealth.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        return world.await("Ready nodes", () -> {
            List<Node> nodes = world.client().nodes().list().getItems();
            Optional<String> unready = nodes.isEmpty()
                    ? Optional.of("there is no node")
                    : nodes.stream()
                            .flatMap(node -> NodeWords.unready(node).stream())
                            .findFirst();
            return unready.<Reading<String>>map(Reading.NotYet::new)
                    .orElseGet(() -> new Reading.Ready<>(nodes.stream()
                            .map(node -> node.getMetadata().getName() + " Ready at "
                                    + NodeWords.internalIp(node).orElse("?"))
                            .collect(Collectors.joining(", "))));
        });
    }
}
