package vmlab.kube.smoke;

import java.util.ArrayList;
import java.util.List;
import vmlab.run.Reading;

/**
 * Pods reach pods on other nodes by their addresses: each node the next one and the one before it, so every neighbourhood is tried both
 * ways, and a lab of n nodes costs 2n questions.
 */
final class PodToPod implements BetweenNodes {

    @Override
    public String name() {
        return "pod-to-pod";
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        List<NodeView> nodes = Outlooks.of(world);
        try (NodeHttp http = new NodeHttp(world.road())) {
            return EachNode.sideBySide(nodes, from -> {
                int at = nodes.indexOf(from);
                List<String> seen = new ArrayList<>();
                for (NodeView to : List.of(
                                nodes.get((at + 1) % nodes.size()), nodes.get((at + nodes.size() - 1) % nodes.size()))
                        .stream()
                        .distinct()
                        .toList()) {
                    seen.add(cross(world, http, from, to));
                }
                return String.join(", ", seen);
            });
        }
    }

    private static String cross(SmokeWorld world, NodeHttp http, NodeView from, NodeView to)
            throws InterruptedException {
        String road = from.node() + " → " + to.node();
        return world.across(road, from, to, () -> switch (from.ask(http, to.podAddress(), Fixtures.SERVER_PORT)) {
            case Reading.Ready<String>(var name)
            when !name.equals(to.pod()) ->
                new Reading.NotYet<>(
                        road + ": " + to.podAddress() + " is answered by " + name + ", not by " + to.pod());
            case Reading.Ready<String> _ -> new Reading.Ready<>(road + " (" + to.podAddress() + ")");
            case Reading.NotYet<String>(var why) -> new Reading.NotYet<>(road + ": " + why);
            case Reading.Never<String> never -> never;
        });
    }
}
