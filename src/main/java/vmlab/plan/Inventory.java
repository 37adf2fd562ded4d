package vmlab.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.spec.Bytes;
import vmlab.spec.Cidr;

/** What libvirt has of ours right now; the only database there is. */
public record Inventory(List<NetworkFound> networks, List<DomainFound> domains) {

    /** Nothing at all. */
    public static final Inventory EMPTY = new Inventory(List.of(), List.of());

    /** A network of ours; {@code addresses} are the nodes' fixed ones by node name, {@code bootPort} is that of {@link NetworkPlan}. */
    public record NetworkFound(
            String name, Mark mark, boolean active, Cidr cidr, Map<String, String> addresses, int bootPort) {

        /** One whose boot server listens where they usually do. */
        public NetworkFound(String name, Mark mark, boolean active, Cidr cidr, Map<String, String> addresses) {
            this(name, mark, active, cidr, addresses, Plan.BOOT_PORT);
        }

        /** Whether it is the lab's first network, the one that its nodes boot from. */
        public boolean isFirst() {
            return name.equals(Names.network(mark.lab()));
        }

        /** Its name in cluster.yaml; empty for the first one. */
        public String label() {
            return isFirst() ? "" : name.substring(name.indexOf('.') + 1);
        }
    }

    /** A virtual machine of ours; {@code made}: from what. */
    public record DomainFound(
            String name,
            Mark mark,
            AppliedSpec made,
            boolean running,
            String state,
            Bytes memory,
            int cpus,
            Accelerator accelerator) {

        /** Whether it is switched on and does nothing: it was paused, or whoever let it stand still was killed. */
        public boolean standsStill() {
            return state.equals("paused");
        }
    }

    /** Only what belongs to {@code lab}, its machines in the order of cluster.yaml, in which their addresses were given. */
    public Inventory of(String lab) {
        List<NetworkFound> ours =
                networks.stream().filter(n -> n.mark().lab().equals(lab)).toList();
        List<String> order = ours.stream()
                .filter(NetworkFound::isFirst)
                .flatMap(n -> n.addresses().keySet().stream())
                .toList();
        return new Inventory(
                ours,
                domains.stream()
                        .filter(d -> d.mark().lab().equals(lab))
                        .sorted(Comparator.comparingInt(
                                d -> order.indexOf(d.mark().node())))
                        .toList());
    }

    /** The marks of everything that is called after {@code lab}, whosever it is. */
    public Stream<Mark> marks(String lab) {
        return marks().filter(mark -> mark.lab().equals(lab));
    }

    /** The marks of everything. */
    public Stream<Mark> marks() {
        return Stream.concat(
                networks.stream().map(NetworkFound::mark), domains.stream().map(DomainFound::mark));
    }

    /** The names of all labs, sorted. */
    public List<String> labs() {
        return marks().map(Mark::lab).distinct().sorted().toList();
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return networks.isEmpty() && domains.isEmpty();
    }

    /** The network that nodes boot from, where there is one. */
    public Optional<NetworkFound> network() {
        return networks.stream().filter(NetworkFound::isFirst).findFirst();
    }

    /** The network of this name in libvirt. */
    public Optional<NetworkFound> network(String name) {
        return networks.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    /** The virtual machine of a node. */
    public Optional<DomainFound> domain(String node) {
        return domains.stream().filter(d -> d.mark().node().equals(node)).findFirst();
    }
}
