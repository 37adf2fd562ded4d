package vmlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;
import vmlab.spec.Specs;

/** Several networks, two families of addresses, and addresses by choice. */
class NetworksTest {

    private static final List<Cidr> CIDRS = List.of(Cidr.parse("10.77.0.0/24"), Cidr.parse("10.78.0.0/24"));

    @TempDir
    Path folder;

    private Cluster cluster(String text) throws IOException {
        Files.writeString(folder.resolve("debian.yaml"), "");
        return Specs.readCluster(Files.writeString(
                folder.resolve("cluster.yaml"), "apiVersion: lab/v1\nname: demo\nimage: debian.yaml\n" + text));
    }

    @Test
    void aFurtherNetworkIsAFurtherCardWithAnAddressOfItsOwn() throws IOException {
        Plan plan = Plan.of(cluster("""
                network: {cidr: 10.77.0.0/24, dualStack: true}
                networks: [{name: storage}]
                nodes:
                  - {name: cp, role: controller+worker}
                  - {name: w, role: worker, address: 10.77.0.11, networks: []}
                """), CIDRS);

        assertThat(plan.node("w").address().getHostAddress()).isEqualTo("10.77.0.11");
        assertThat(plan.node("w").nics()).isEmpty();
        assertThat(plan.node("cp").address().getHostAddress()).isEqualTo("10.77.0.12");
        assertThat(plan.node("cp").nics()).singleElement().satisfies(nic -> {
            assertThat(nic.device()).isEqualTo("eth1");
            assertThat(nic.address().getHostAddress()).isEqualTo("10.78.0.11");
            assertThat(nic.mac()).isNotEqualTo(plan.node("cp").mac());
        });
        Ula ula = plan.network().ula().orElseThrow();
        assertThat(plan.node("cp").address6()).hasValue(ula.start() + "::c");
        assertThat(ula.contains((Inet6Address)
                        Inet6Address.ofLiteral(plan.node("cp").address6().orElseThrow())))
                .isTrue();
    }

    @Test
    void everyLabHasAnIpv6NetworkOfItsOwnThatIsAlwaysTheSame() {
        Set<String> starts = new HashSet<>();
        IntStream.range(0, 1000).forEach(i -> starts.add(Ula.of("lab" + i).start()));

        assertThat(starts).hasSize(1000).allMatch(start -> start.startsWith("fd"));
        assertThat(Ula.of("demo"))
                .isEqualTo(Ula.of("demo"))
                .hasToString(Ula.of("demo").start() + "::/64");
    }

    @Test
    void anAddressOfAnotherLabIsNotOurs() throws IOException {
        assertThat(Ula.of("demo").contains((Inet6Address)
                        Inet6Address.ofLiteral(Ula.of("other").host(1))))
                .isFalse();
    }

    @Test
    void aNetworkMoreOrLessOrElsewhereIsRefused() throws IOException {
        Plan one = Plan.of(cluster("nodes: [{name: cp}]\n"), CIDRS);
        Plan two = Plan.of(cluster("networks: [{name: storage}]\nnodes: [{name: cp}]\n"), CIDRS);
        Plan elsewhere =
                Plan.of(cluster("networks: [{name: storage, cidr: 10.79.0.0/24}]\nnodes: [{name: cp}]\n"), CIDRS);

        assertThat(refused(two, up(two))).isEmpty();
        assertThat(refused(two, up(one))).contains("adding network storage: the nodes have no card for it");
        assertThat(refused(one, up(two))).contains("removing network storage: nodes have a card on it");
        assertThat(refused(elsewhere, up(two)))
                .contains("network storage: it is 10.78.0.0/24, cluster.yaml now says 10.79.0.0/24");
        // What a start that was cut short left out is made now.
        assertThat(refused(two, new Inventory(up(one).networks(), List.of()))).isEmpty();
    }

    private static Inventory up(Plan plan) {
        return new Inventory(
                plan.networks().stream()
                        .map(network -> new Inventory.NetworkFound(
                                network.name(),
                                new Mark(plan.lab(), "id", "/home", "", network.hash(), "1"),
                                true,
                                network.cidr(),
                                Map.of()))
                        .toList(),
                plan.nodes().stream()
                        .map(node -> EditsTest.domain(plan, node, true))
                        .toList());
    }

    private static List<String> refused(Plan plan, Inventory found) {
        return new Refusals(
                        plan, found, node -> EditsTest.domain(plan, node, true).made())
                .all().stream().map(no -> no.what() + ": " + no.why()).toList();
    }

    @Test
    void everyReadyLabCanBePlanned() throws IOException {
        try (var labs = Files.list(Path.of("labs"))) {
            List<Path> files =
                    labs.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(files).hasSizeGreaterThanOrEqualTo(5).allSatisfy(file -> {
                assertThat(Files.readString(file)).startsWith("# ");
                Cluster cluster = Specs.readCluster(file);
                Plan plan = Plan.of(cluster, CIDRS);
                assertThat(plan.nodes()).hasSameSizeAs(cluster.nodes());
                assertThat(file.getFileName()).hasToString(plan.lab() + ".yaml");
            });
        }
    }
}
