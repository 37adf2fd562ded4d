package vmlab.plan;

import java.util.List;
import java.util.stream.Collectors;
import vmlab.spec.Role;

/** One thing that {@code lab up} does to a lab; {@code lab plan} shows the same ones. */
public sealed interface Action {

    /** The node that it is about; empty: the lab. */
    default String node() {
        return "";
    }

    /** What is done and why, for people. */
    String text();

    /** The store has no such image yet. */
    record BuildImage(String recipe) implements Action {
        @Override
        public String text() {
            return "build image " + recipe;
        }
    }

    /** The store lacks container images that cluster.yaml names. */
    record FetchImages(List<String> images) implements Action {
        @Override
        public String text() {
            return "fetch container images: " + String.join(", ", images);
        }
    }

    /** A network does not exist yet; with its name, unless it is the first, and its addresses. */
    record CreateNetwork(String network) implements Action {
        @Override
        public String text() {
            return "create network " + network;
        }
    }

    /** The network is defined and stands still. */
    record StartNetwork(String name) implements Action {
        @Override
        public String text() {
            return "start network " + name;
        }
    }

    /** A node is made and switched on; {@code joins} a cluster that runs, or is one of those that it begins with. */
    record AddNode(String node, Role role, String address, boolean joins) implements Action {
        @Override
        public String text() {
            return "add " + role + " at " + address;
        }
    }

    /** A node exists and is switched off; what changed meanwhile is changed first. */
    record StartNode(String node, List<AppliedSpec.Difference> changes) implements Action {
        @Override
        public String text() {
            return changes.isEmpty() ? "start" : "start, with " + words(changes);
        }
    }

    /** A node is drained, forgotten by the API, and destroyed with its disks. */
    record RemoveNode(String node) implements Action {
        @Override
        public String text() {
            return "drain, delete, destroy: cluster.yaml no longer has it";
        }
    }

    /** The API is told of other labels and taints; the node runs on. */
    record RelabelNode(String node, List<AppliedSpec.Difference> changes) implements Action {
        @Override
        public String text() {
            return "change " + words(changes);
        }
    }

    /** A node is drained, shut down, made anew around its state disk, started, awaited and given pods again. */
    record RestartNode(String node, List<AppliedSpec.Difference> changes) implements Action {
        @Override
        public String text() {
            return "restart: " + words(changes);
        }
    }

    /** Ports of this machine's loopback lead to a lab that is to be made. */
    record ForwardPorts(List<String> ports) implements Action {
        @Override
        public String text() {
            return "forward ports of 127.0.0.1: " + String.join(", ", ports);
        }
    }

    /** What stands beside the nodes, forwards their ports and makes their volumes, does it otherwise from now on. */
    record ChangeService(String change) implements Action {
        @Override
        public String text() {
            return "change " + change;
        }
    }

    /** What can't be done to a lab that exists; nothing else is done either. */
    record Refused(String node, String what, String why, String next) implements Action {
        @Override
        public String text() {
            return "refused: " + what + ": " + why + "; " + next;
        }
    }

    private static String words(List<AppliedSpec.Difference> changes) {
        return changes.stream().map(AppliedSpec.Difference::toString).collect(Collectors.joining(", "));
    }
}
