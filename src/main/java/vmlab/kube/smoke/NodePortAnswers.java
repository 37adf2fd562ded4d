package vmlab.kube.smoke;

import io.fabric8.kubernetes.api.model.Node;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vmlab.kube.NodeWords;
import vmlab.run.Reading;

/** A service answers this host at its NodePort, on every node. */
final class NodePortAnswers implements SmokeCheck {

    @Override
    public String name() {
        return "node-port";
    }

    @Override
    public Set<String> needs() {
        return Set.of(PodsScheduled.NAME);
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        int port = world.nodePort(Fixtures.SERVICE);
        List<String> seen = new ArrayList<>();
        try (NodeHttp http = new NodeHttp(world.road())) {
            for (Node node : world.nodes()) {
                String address =
                        NodeWords.internalIp(node).orElse(node.getMetadata().getName());
                seen.add(world.await("the NodePort", () -> ask(http, NodeHttp.at(address, port, "/hostname"))));
            }
        }
        return String.join(", ", seen);
    }

    private static Reading<String> ask(NodeHttp http, URI door) throws InterruptedException {
        return http.get(
                door,
                (status, body) -> body.equals(Fixtures.SERVER)
                        ? new Reading.Ready<>(door.getAuthority() + " answered this host")
                        : new Reading.NotYet<>(door.getAuthority() + " answers \"" + body + "\""));
    }
}
