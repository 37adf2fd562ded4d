package vmlab.plan;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.plan.Inventory.DomainFound;
import vmlab.spec.Role;

/** What a cluster.yaml asks for that can't be done to the lab that exists, each with what to do instead. */
record Refusals(Plan plan, Inventory found, Function<NodePlan, Made> wanted) {

    List<Action.Refused> all() {
        if (found.isEmpty()) {
            return List.of();
        }
        return Stream.of(network(), controllersLess(), controllersMore(), nodes())
                .flatMap(part -> part)
                .toList();
    }

    private Stream<Action.Refused> network() {
        Stream<Action.Refused> cidr = plan.cluster().network().cidr().stream()
                .filter(asked -> !asked.equals(plan.network().cidr()))
                .map(asked -> instead(
                        "", "its network", "it is " + plan.network().cidr() + ", cluster.yaml now says " + asked));
        Stream<Action.Refused> rest = found.network().stream()
                .filter(network -> !network.mark().hash().equals(plan.network().hash()))
                .map(network -> instead("", "its network", "it was made from other settings, its mode among them"));
        return Stream.concat(cidr, rest).limit(1);
    }

    private Stream<Action.Refused> controllersLess() {
        Set<String> names = plan.nodes().stream().map(NodePlan::name).collect(Collectors.toSet());
        List<DomainFound> controllers = found.domains().stream()
                .filter(domain -> isController(domain.made()))
                .toList();
        return controllers.stream()
                .filter(domain -> !names.contains(domain.mark().node()))
                .map(domain -> instead(
                        domain.mark().node(),
                        "removing or renaming controller " + domain.mark().node(),
                        controllers.size() == 1
                                ? "it is the only one, and the cluster's state is on its disk"
                                : "etcd would keep counting it as a member"));
    }

    private static boolean isController(Made made) {
        String role = made.of(Aspect.ROLE);
        return !role.isEmpty() && !role.equals(Role.WORKER.toString());
    }

    private Stream<Action.Refused> controllersMore() {
        return plan.nodes().stream()
                .filter(node -> node.spec().role().isController())
                .filter(node ->
                        !found.domains().isEmpty() && found.domain(node.name()).isEmpty())
                .filter(node ->
                        found.network().stream().noneMatch(n -> n.addresses().containsKey(node.name())))
                .map(node -> instead(
                        node.name(),
                        "adding controller " + node.name(),
                        "certificates and etcd of a lab are made for the controllers that it begins with"));
    }

    private Stream<Action.Refused> nodes() {
        return plan.nodes().stream().flatMap(node -> found.domain(node.name()).stream()
                .flatMap(domain -> domain.made().differences(wanted.apply(node)).stream())
                .filter(Refusals::isImpossible)
                .map(difference -> instead(node.name(), "node " + node.name(), difference.toString())));
    }

    private static boolean isImpossible(Made.Difference difference) {
        return switch (difference.aspect()) {
            case DISK -> Long.parseLong(difference.is()) < Long.parseLong(difference.was());
            default -> difference.aspect().change() == Aspect.Change.NEVER;
        };
    }

    private Action.Refused instead(String node, String what, String why) {
        return new Action.Refused(
                node,
                what,
                why,
                "lab down " + plan.lab() + " and lab up make it anew; undo the edit to keep it as it is");
    }
}
