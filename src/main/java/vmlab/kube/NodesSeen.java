package vmlab.kube;

import io.fabric8.kubernetes.api.model.Node;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import vmlab.run.Event;
import vmlab.run.Events;
import vmlab.run.MilestoneName;

/** Tells, once for each node and step, when the API was first seen to know it ({@code joined}) and to call it Ready ({@code ready}). */
final class NodesSeen implements Consumer<Node> {

    private final Events events;
    private final Clock clock;
    private final Set<String> told = new HashSet<>();

    NodesSeen(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void accept(Node node) {
        Optional<String> unready = NodeWords.unready(node);
        tell(node, MilestoneName.JOINED, unready.orElse(""));
        if (unready.isEmpty()) {
            tell(node, MilestoneName.READY, "its node is Ready");
        }
    }

    private void tell(Node node, MilestoneName step, String text) {
        String name = node.getMetadata().getName();
        if (told.add(step + " " + name)) {
            events.emit(new Event.Milestone(clock.instant(), name, step.toString(), text));
        }
    }
}
