package vmlab.make;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vmlab.machine.Machine;
import vmlab.plan.FreeCidr;
import vmlab.plan.Inventory;
import vmlab.plan.Inventory.NetworkFound;
import vmlab.plan.Plan;
import vmlab.run.LabFailure;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.ClusterRanges;

/**
 * Decides which addresses a lab's networks have: those it has already, those that cluster.yaml says, or the first that are free.
 *
 * @param here whether they are networks of this machine's, too
 */
public record ChooseNetworks(Cluster cluster, Inventory everything, boolean here) {

    /** Those of a lab on this machine. */
    public ChooseNetworks(Cluster cluster, Inventory everything) {
        this(cluster, everything, true);
    }

    /** A network as cluster.yaml has it; {@code label} is empty for the first one. */
    private record Wanted(String label, Optional<Cidr> cidr) {
        String key() {
            return label.isEmpty() ? "network.cidr" : "the cidr of network " + label;
        }
    }

    /** The plan with these addresses; refuses what collides with something that is there. */
    public Plan plan() {
        List<Wanted> all = Stream.concat(
                        Stream.of(new Wanted("", cluster.network().cidr())),
                        cluster.networks().stream().map(further -> new Wanted(further.name(), further.cidr())))
                .toList();
        List<Cidr> taken = new ArrayList<>(ClusterRanges.of(cluster.k0sConfig()).values());
        all.forEach(network -> network.cidr().ifPresent(taken::add));
        if (here) {
            taken.addAll(Machine.networks());
            taken.addAll(Machine.routes());
            taken.addAll(Machine.resolvers());
        }
        everything.networks().forEach(network -> taken.add(network.cidr()));

        List<Cidr> chosen = new ArrayList<>();
        for (Wanted network : all) {
            Cidr cidr = existing(network)
                    .or(() -> network.cidr().map(wanted -> free(network, wanted)))
                    .orElseGet(() -> first(taken));
            chosen.add(cidr);
            taken.add(cidr);
        }
        Plan plan = Plan.of(cluster, chosen).servedAt(bootPort()).keeping(everything.of(cluster.name()));
        if (here) {
            refuseIpv6(plan);
        }
        return plan;
    }

    private Optional<Cidr> existing(Wanted network) {
        return everything.of(cluster.name()).networks().stream()
                .filter(found -> found.label().equals(network.label()))
                .map(NetworkFound::cidr)
                .findFirst();
    }

    private int bootPort() {
        return everything
                .of(cluster.name())
                .network()
                .map(NetworkFound::bootPort)
                .orElseGet(() -> here ? Machine.freePort(Plan.BOOT_PORT) : Plan.BOOT_PORT);
    }

    private Cidr free(Wanted network, Cidr wanted) {
        if (here) {
            refuse(network, wanted, Machine.networks(), "an interface here has ");
            refuse(network, wanted, Machine.routes(), "a route here leads to ");
            refuse(network, wanted, Machine.resolvers(), "this machine asks for names at ");
        }
        everything.networks().stream()
                .filter(other -> !other.mark().lab().equals(cluster.name()))
                .forEach(other -> refuse(
                        network,
                        wanted,
                        List.of(other.cidr()),
                        "lab " + other.mark().lab() + " has "));
        return wanted;
    }

    private static void refuse(Wanted network, Cidr wanted, List<Cidr> taken, String by) {
        taken.stream().filter(wanted::overlaps).findFirst().ifPresent(other -> {
            throw LabFailure.input(
                    network.key() + " " + wanted + " is in use on this host",
                    by + other,
                    "choose another private network, or leave cidr out: lab takes the first free one");
        });
    }

    private static Cidr first(List<Cidr> taken) {
        return FreeCidr.first(taken)
                .orElseThrow(() -> LabFailure.machine(
                        "no network is free for the lab",
                        "all of 10.77.0.0/16, 172.29.0.0/16 and 192.168.0.0/16 is in use here",
                        "name a free one in cluster.yaml under network.cidr"));
    }

    /** A network that is there already is its own reason for an address here. */
    private void refuseIpv6(Plan plan) {
        if (plan.network().ula().isEmpty()
                || everything.of(cluster.name()).network().isPresent()) {
            return;
        }
        List<Inet6Address> here = Machine.addresses6();
        if (here.isEmpty()) {
            throw LabFailure.machine(
                    "network.dualStack needs IPv6 on this host",
                    "no interface here has an IPv6 address, not even the loopback",
                    "switch it on (sysctl net.ipv6.conf.all.disable_ipv6=0), or remove dualStack");
        }
        here.stream().filter(plan.network().ula().get()::contains).findFirst().ifPresent(address -> {
            throw LabFailure.input(
                    "the IPv6 network of lab " + plan.lab() + ", "
                            + plan.network().ula().get() + ", is in use on this host",
                    "an interface here has " + address.getHostAddress(),
                    "give the lab another name: the network follows from it");
        });
    }
}
