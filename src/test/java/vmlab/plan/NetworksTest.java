package vmlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
