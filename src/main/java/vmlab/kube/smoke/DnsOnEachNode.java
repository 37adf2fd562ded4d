package vmlab.kube.smoke;

import vmlab.run.Reading;

/** A service's name is resolved in a pod of every node; the DNS server's pod may be on another one. */
final class DnsOnEachNode implements BetweenNodes {

    @Override
    public String name() {
        return "dns-on-each-node";
    }

    @Override
    public String run(SmokeWorld world) throws InterruptedException {
        String name = Fixtures.SERVICE + "." + world.namespace() + ".svc";
        try (NodeHttp http = new NodeHttp(world.road())) {
            return name + " was resolved on "
                    + EachNode.sideBySide(
                            Outlooks.of(world),
                            from -> world.await(
                                    "DNS on " + from.node(), () -> switch (from.ask(http, name, Fixtures.PORT)) {
                                        case Reading.Ready<String> _ -> new Reading.Ready<>(from.node());
                                        // The name was resolved, and what then went wrong is another check's business.
                                        case Reading.NotYet<String>(var why)
                                        when why.contains("dial tcp ") -> new Reading.Ready<>(from.node());
                                        case Reading<String> other -> other;
                                    }));
        }
    }
}
