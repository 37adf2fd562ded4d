package vmlab.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmlab.plan.Inventory.DomainFound;
import vmlab.spec.Bytes;

/**
 * From what cluster.yaml wants and what there is to what is done, in the order in which it is done. What is off is switched on and what is
 * missing is added; then what is no longer wanted goes, since a node may be removed because it is broken, and a broken node never lets the
 * cluster be Ready; at last, in a cluster that is Ready, nodes restart one by one. Workers restart before controllers: an image or
 * setting that does not work then shows on a node that the API can do without.
 */
public final class Edits {

    private final Plan plan;
    private final Inventory found;
    private final Function<NodePlan, AppliedSpec> wanted;

    private Edits(Plan plan, Inventory found, Function<NodePlan, AppliedSpec> wanted) {
        this.plan = plan;
        this.found = found;
        this.wanted = wanted;
    }

    /**
     * The actions; none when all is as it should be. When anything is refused, only that is returned.
     *
     * @param found the lab's own part of the inventory
     * @param wanted what each node would be made from now
     */
    public static List<Action> of(Plan plan, Inventory found, Function<NodePlan, AppliedSpec> wanted) {
        List<Action.Refused> refused = new Refusals(plan, found, wanted).all();
        return refused.isEmpty() ? new Edits(plan, found, wanted).ordered() : List.copyOf(refused);
    }

    private List<Action> ordered() {
        List<Action> actions = new ArrayList<>();
        for (NetworkPlan network : plan.networks()) {
            found.network(network.name())
                    .ifPresentOrElse(
                            existing -> {
                                if (!existing.active()) {
                                    actions.add(new Action.StartNetwork(network.name()));
                                }
                            },
                            () -> actions.add(new Action.CreateNetwork(network.toString())));
        }
        plan.nodes().forEach(node -> found.domain(node.name())
                .ifPresentOrElse(
                        domain -> {
                            if (!domain.running()) {
                                actions.add(new Action.StartNode(node.name(), changes(node, Aspect.Change.RESTART)));
                            }
                        },
                        () -> actions.add(new Action.AddNode(
                                node.name(),
                                node.spec().role(),
                                node.address().getHostAddress(),
                                !isOfTheBeginning(node)))));
        removed().map(domain -> new Action.RemoveNode(domain.mark().node())).forEach(actions::add);
        plan.nodes().stream().flatMap(this::relabel).forEach(actions::add);
        plan.nodes().stream()
                .sorted(Comparator.comparing(node -> node.spec().role().isController()))
                .flatMap(this::restart)
                .forEach(actions::add);
        return List.copyOf(actions);
    }

    /** An {@code up} that was cut short left the network, which knows all nodes of the beginning, and not all of them. */
    private boolean isOfTheBeginning(NodePlan node) {
        return found.domains().isEmpty()
                || found.network().stream().anyMatch(n -> n.addresses().containsKey(node.name()));
    }

    private Stream<DomainFound> removed() {
        Set<String> names = plan.nodes().stream().map(NodePlan::name).collect(Collectors.toSet());
        return found.domains().stream()
                .filter(domain -> !names.contains(domain.mark().node()));
    }

    private Stream<Action> relabel(NodePlan node) {
        List<AppliedSpec.Difference> changes = changes(node, Aspect.Change.IN_PLACE);
        return changes.isEmpty() ? Stream.empty() : Stream.of(new Action.RelabelNode(node.name(), changes));
    }

    private Stream<Action> restart(NodePlan node) {
        List<AppliedSpec.Difference> changes = changes(node, Aspect.Change.RESTART);
        boolean runs = found.domain(node.name()).filter(DomainFound::running).isPresent();
        return changes.isEmpty() || !runs ? Stream.empty() : Stream.of(new Action.RestartNode(node.name(), changes));
    }

    private List<AppliedSpec.Difference> changes(NodePlan node, Aspect.Change kind) {
        return found.domain(node.name()).stream()
                .flatMap(domain -> domain.made().differences(wanted.apply(node)).stream())
                .filter(difference -> difference.aspect().change() == kind)
                .toList();
    }

    /** The memory and disk that the actions take beyond what the lab has already. */
    public static Needs needs(Plan plan, Inventory found) {
        long memory = 0;
        long disk = 0;
        for (NodePlan node : plan.nodes()) {
            Optional<DomainFound> domain = found.domain(node.name());
            long has = domain.filter(DomainFound::running)
                    .map(d -> d.memory().value())
                    .orElse(0L);
            memory += Math.max(0, node.spec().memory().value() - has);
            disk += domain.isPresent() ? 0 : node.spec().disk().value();
        }
        return new Needs(new Bytes(memory), new Bytes(disk));
    }

    /** What must be free on this machine. */
    public record Needs(Bytes memory, Bytes disk) {}
}
