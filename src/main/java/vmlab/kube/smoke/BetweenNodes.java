package vmlab.kube.smoke;

import java.util.Set;

/** A check of what goes from node to node: it asks from the DaemonSet's pods, and one node alone has nobody to ask. */
interface BetweenNodes extends SmokeCheck {

    @Override
    default Set<String> needs() {
        return Set.of(DaemonSetEverywhere.NAME);
    }

    @Override
    default boolean appliesTo(Subject cluster) {
        return cluster.nodes() > 1;
    }
}
