package vmlab.kube.smoke;

/** Somebody who can look at the nodes themselves; asked for evidence when a check between two nodes failed. */
@FunctionalInterface
public interface HopWitness {

    /** Nobody: the evidence is then what the cluster itself says. */
    HopWitness NOBODY = hop -> "";

    /**
     * The road that failed, from a pod on one node to a pod on another.
     *
     * @param fromNode the node's name; {@code fromPod} the address of the pod on it
     * @param toAddress the other node's own address; {@code toPod} the address of the pod on it, which listens at {@code port}
     */
    record Hop(
            String fromNode,
            String fromAddress,
            String fromPod,
            String toNode,
            String toAddress,
            String toPod,
            int port) {}

    /** What the nodes know of that road, some lines; empty where nobody can look. */
    String trace(Hop hop) throws InterruptedException;
}
