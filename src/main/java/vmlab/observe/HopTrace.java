package vmlab.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vmlab.kube.smoke.HopWitness;
import vmlab.run.Reading;
import vmlab.site.NodeLogin;

/** Follows the road from a pod on one node to a pod on another, over SSH, and names the hop at which it ends. */
public final class HopTrace implements HopWitness {

    private final List<NodeLogin> nodes;

    /** The trace over these nodes. */
    public HopTrace(List<NodeLogin> nodes) {
        this.nodes = nodes;
    }

    @Override
    public String trace(Hop hop) throws InterruptedException {
        Reading<RoadReading> there = look(hop.fromNode(), hop.toAddress(), hop.toPod(), hop.port());
        Reading<RoadReading> back = look(hop.toNode(), hop.fromAddress(), hop.fromPod(), hop.port());
        Reading<RoadReading> end = look(hop.toNode(), hop.fromAddress(), hop.toPod(), hop.port());
        if (there instanceof Reading.Ready<RoadReading>(var out)
                && back instanceof Reading.Ready<RoadReading>(var in)
                && end instanceof Reading.Ready<RoadReading>(var own)) {
            return tell(hop, out, in, own);
        }
        return "hops: " + hop.fromNode() + " or " + hop.toNode() + " cannot be logged in to: " + why(there) + why(end);
    }

    /** Looks from {@code node}; a node that is none of the lab's machines cannot be looked from. */
    private Reading<RoadReading> look(String node, String hop, String target, int port) throws InterruptedException {
        Optional<NodeLogin> login =
                nodes.stream().filter(it -> it.node().equals(node)).findFirst();
        return login.isPresent()
                ? RoadReading.from(login.get(), hop, target, port)
                : new Reading.NotYet<>(node + " is no machine of this lab");
    }

    /** What was seen, and the first hop that is broken. */
    static String tell(Hop hop, RoadReading there, RoadReading back, RoadReading end) {
        List<String> lines = new ArrayList<>();
        lines.add("broken hop: " + broken(hop, there, back, end));
        lines.add("%s → node %s (%s): %s"
                .formatted(hop.fromNode(), hop.toNode(), hop.toAddress(), there.pings() ? "answers" : "no answer"));
        lines.add("route on %s to pod %s: %s".formatted(hop.fromNode(), hop.toPod(), there.route()));
        lines.add("route on %s back to pod %s: %s".formatted(hop.toNode(), hop.fromPod(), back.route()));
        lines.add("pod %s asked on its own node %s: %s"
                .formatted(hop.toPod(), hop.toNode(), end.answers() ? "answers" : "no answer"));
        lines.add("pod %s asked on node %s: %s"
                .formatted(hop.toPod(), hop.fromNode(), there.answers() ? "answers" : "no answer"));
        return String.join("\n", lines);
    }

    private static String broken(Hop hop, RoadReading there, RoadReading back, RoadReading end) {
        String from = hop.fromNode();
        String to = hop.toNode();
        if (!end.answers()) {
            return "node " + to + " → its own pod " + hop.toPod();
        }
        if (!there.pings()) {
            return "node " + from + " → node " + to + ": " + hop.toAddress() + " does not answer a ping";
        }
        if (!there.isRouted()) {
            return "node " + from + " → node " + to + ": " + from + " has no route to " + to + "'s pods";
        }
        if (!back.isRouted()) {
            return "node " + to + " → node " + from + ": " + to + " has no route back to " + from + "'s pods";
        }
        return there.answers()
                ? "pod " + hop.fromPod() + " → node " + from + ": the node reaches the other pod, its own pod does not"
                : "node " + from + " → node " + to + ": routes are there, and packets for pods are lost (a firewall, or"
                        + " forwarding is off)";
    }

    private static String why(Reading<RoadReading> reading) {
        return switch (reading) {
            case Reading.Ready<RoadReading> _ -> "";
            case Reading.NotYet<RoadReading>(var why) -> why + "; ";
            case Reading.Never<RoadReading>(var why, var _) -> why + "; ";
        };
    }
}
