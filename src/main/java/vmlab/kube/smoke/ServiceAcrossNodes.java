package vmlab.kube.smoke;

import java.util.List;
import vmlab.run.Reading;

/** A service whose only pod is on one node answers at its ClusterIP on every other node. */
final class ServiceAcrossNodes implements BetweenNodes {

    @Override
    public String name() {
        return "service-across-nodes";
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        String address = world.service(Fixtures.SERVICE).getSpec().getClusterIP();
        String home = world.pod(Fixtures.SERVER).getSpec().getNodeName();
        List<NodeView> all = Outlooks.of(world);
        NodeView server =
                all.stream().filter(it -> it.node().equals(home)).findFirst().orElseThrow();
        try (NodeHttp http = new NodeHttp(world.road())) {
            return EachNode.sideBySide(
                    all.stream().filter(it -> !it.equals(server)).toList(), from -> {
                        String road = address + " asked on " + from.node();
                        return world.across(road, from, server, () -> switch (from.ask(http, address, Fixtures.PORT)) {
                            case Reading.Ready<String>(var name)
                            when name.equals(Fixtures.SERVER) -> new Reading.Ready<>(road + " answered from " + home);
                            case Reading.Ready<String>(var name) ->
                                new Reading.NotYet<>(road + ": answered by " + name);
                            case Reading.NotYet<String>(var why) -> new Reading.NotYet<>(road + ": " + why);
                            case Reading.Never<String> never -> never;
                        });
                    });
        }
    }
}
