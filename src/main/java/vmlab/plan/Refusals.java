package vmlab.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.plan.Inventory.DomainFound;
import vmlab.spec.BootMode;
import vmlab.spec.Cidr;
import vmlab.spec.FurtherNetwork;
import vmlab.spec.Role;

/** What a cluster.yaml asks for that can't be done to the lab that exists, each with what to do instead. */
record Refusals(Plan plan, Inventory found, Function<NodePlan, AppliedSpec> wanted) {

    List<Action.Refused> all() {
        if (found.isEmpty()) {
            return List.of();
        }
        return Stream.of(networks(), addresses(), controllersLess(), controllersMore(), tftpMore(), nodes())
                .flatMap(part -> part)
                .toList();
    }

    private Stream<Action.Refused> networks() {
        Set<String> names = plan.networks().stream().map(NetworkPlan::name).collect(Collectors.toSet());
        Stream<Action.Refused> less = found.networks().stream()
                .filter(network -> !names.contains(network.name()))
                .map(network -> instead("", "removing network " + network.label(), "nodes have a card on it"));
        return Stream.concat(less, plan.networks().stream().flatMap(this::network));
    }

    private Stream<Action.Refused> network(NetworkPlan network) {
        String what = network.label().isEmpty() ? "its network" : "network " + network.label();
        Optional<Inventory.NetworkFound> existing = found.network(network.name());
        if (existing.isEmpty()) {
            // What a start that was cut short left out is made now; a card can't be added to a node that runs.
            return found.domains().isEmpty()
                    ? Stream.empty()
                    : Stream.of(instead("", "adding " + what, "the nodes have no card for it"));
        }
        return asked(network)
                .filter(cidr -> !cidr.equals(network.cidr()))
                .map(cidr -> "it is " + network.cidr() + ", cluster.yaml now says " + cidr)
                .or(() -> existing.get().mark().hash().equals(network.hash())
                        ? Optional.empty()
                        : Optional.of("it was made from other settings, its mode or dual stack among them"))
                .map(why -> instead("", what, why))
                .stream();
    }

    private Optional<Cidr> asked(NetworkPlan network) {
        return network.label().isEmpty()
                ? plan.cluster().network().cidr()
                : plan.cluster().networks().stream()
                        .filter(further -> further.name().equals(network.label()))
                        .findFirst()
                        .flatMap(FurtherNetwork::cidr);
    }

    private Stream<Action.Refused> addresses() {
        return plan.nodes().stream()
                .flatMap(node -> node.spec().address().stream().flatMap(asked -> {
                    if (!asked.equals(node.address())) {
                        String why = "it is %s, cluster.yaml now says %s"
                                .formatted(node.address().getHostAddress(), asked.getHostAddress());
                        return Stream.of(instead(node.name(), "the address of " + node.name(), why));
                    }
                    return plan.nodes().stream()
                            .filter(other -> other != node && other.address().equals(asked))
                            .map(other -> instead(
                                    node.name(),
                                    "the address of " + node.name(),
                                    asked.getHostAddress() + " is that of " + other.name()));
                }));
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

    private static boolean isController(AppliedSpec made) {
        String role = made.of(Aspect.ROLE);
        return !role.isEmpty() && !role.equals(Role.WORKER.toString());
    }

    /** Those that a lab which stands already gets besides: it has neither a machine of that name nor an address kept for one. */
    private Stream<NodePlan> added() {
        return plan.nodes().stream()
                .filter(node ->
                        !found.domains().isEmpty() && found.domain(node.name()).isEmpty())
                .filter(node ->
                        found.network().stream().noneMatch(n -> n.addresses().containsKey(node.name())));
    }

    private Stream<Action.Refused> controllersMore() {
        return added().filter(node -> node.spec().role().isController())
                .map(node -> instead(
                        node.name(),
                        "adding controller " + node.name(),
                        "certificates and etcd of a lab are made for the controllers that it begins with"));
    }

    private Stream<Action.Refused> tftpMore() {
        return added().filter(node -> node.spec().boot() == BootMode.TFTP)
                .map(node -> instead(
                        node.name(),
                        "adding " + node.name() + " with boot: tftp",
                        "the network is told when it is made which nodes boot over TFTP"));
    }

    private Stream<Action.Refused> nodes() {
        return plan.nodes().stream().flatMap(node -> found.domain(node.name()).stream()
                .flatMap(domain -> domain.made().differences(wanted.apply(node)).stream())
                .filter(Refusals::isImpossible)
                .map(difference -> instead(node.name(), "node " + node.name(), difference.toString())));
    }

    private static boolean isImpossible(AppliedSpec.Difference difference) {
        return switch (difference.aspect()) {
            case DISK -> Long.parseLong(difference.is()) < Long.parseLong(difference.was());
            // DHCP names TFTP's loader to those whom it was told of when the network was made.
            case BOOT -> List.of(difference.was(), difference.is()).contains(BootMode.TFTP.toString());
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
