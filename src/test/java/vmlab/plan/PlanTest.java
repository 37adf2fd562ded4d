package vmlab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vmlab.spec.Cidr;
import vmlab.spec.Cluster;

class PlanTest {

    private static final Cidr NETWORK = Cidr.parse("10.77.0.0/24");

    @Test
    void theSameClusterAlwaysMeansTheSameMachines() {
        assertThat(Plan.of(Clusters.ofNodes("demo", 2), NETWORK))
                .isEqualTo(Plan.of(Clusters.ofNodes("demo", 2), NETWORK));
    }

    @Test
    void everyNodeHasAnAddressNameAndMacOfItsOwn() {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 100), NETWORK);

        assertThat(plan.network().gateway().getHostAddress()).isEqualTo("10.77.0.1");
        assertThat(plan.nodes().getFirst().address().getHostAddress()).isEqualTo("10.77.0.11");
        assertThat(distinct(plan, node -> node.address().getHostAddress())).hasSize(100);
        assertThat(distinct(plan, NodePlan::mac))
                .hasSize(100)
                .allMatch(mac -> mac.matches("52:54:00(:[0-9a-f]{2}){3}"));
        assertThat(distinct(plan, node -> node.uuid().toString())).hasSize(100);
    }

    @Test
    void noTwoLabsCallAnythingTheSame() {
        assertThat(Names.domain("a", "b-c")).isNotEqualTo(Names.domain("a-b", "c"));
        assertThat(Names.network("a", "b-c")).isNotEqualTo(Names.network("a-b", "c"));
        assertThat(Names.network("a-b")).isNotEqualTo(Names.network("a", "b"));
        assertThat(Names.bridge("a-b")).isNotEqualTo(Names.bridge(Names.network("a", "b")));
    }

    @Test
    void severalControllersAreReachedAtTheGateway() {
        Cluster ha = Clusters.ofControllers("ha", 3);

        assertThat(Plan.of(ha, NETWORK).api().getHostAddress()).isEqualTo("10.77.0.1");
        assertThat(Plan.of(Clusters.ofNodes("demo", 3), NETWORK).api().getHostAddress())
                .isEqualTo("10.77.0.11");
    }

    @Test
    void theBridgesNameFitsIntoAnInterfaceName() {
        Plan plan = Plan.of(Clusters.ofNodes("a-lab-with-a-rather-long-name", 1), NETWORK);

        assertThat(plan.network().bridge()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void anotherImageOrConfigurationMakesAnotherMachine() {
        NodePlan node = Plan.of(Clusters.ofNodes("demo", 1), NETWORK).nodes().getFirst();

        AppliedSpec made = AppliedSpec.of(node, "image", "config");
        assertThat(made.differences(AppliedSpec.of(node, "image", "config"))).isEmpty();
        assertThat(made.differences(AppliedSpec.of(node, "other", "config"))).hasToString("[image image → other]");
        assertThat(made.differences(AppliedSpec.of(node, "image", "other")))
                .singleElement()
                .satisfies(change -> assertThat(change.aspect()).isEqualTo(Aspect.K0S));
    }

    @Test
    void theFirstNetworkThatOverlapsNothingIsFree() {
        List<Cidr> taken = List.of(Cidr.parse("10.77.0.0/23"), Cidr.parse("192.168.0.0/16"));

        assertThat(FreeCidr.first(taken)).contains(Cidr.parse("10.77.2.0/24"));
        assertThat(FreeCidr.first(List.of(Cidr.parse("10.0.0.0/8")))).contains(Cidr.parse("172.29.0.0/24"));
        assertThat(FreeCidr.first(List.of(Cidr.parse("0.0.0.0/0")))).isEmpty();
    }

    @Test
    void theSmallestNetworkStillHoldsItsNodes() {
        Plan plan = Plan.of(Clusters.ofNodes("demo", 6), Cidr.parse("10.77.0.16/28"));

        assertThat(plan.nodes()).allMatch(node -> plan.network().cidr().contains(node.address()));
        assertThat(IntStream.range(0, 6)
                        .mapToObj(i -> plan.nodes().get(i).address().getHostAddress()))
                .doesNotContain("10.77.0.17");
    }

    private static Set<String> distinct(Plan plan, java.util.function.Function<NodePlan, String> part) {
        return plan.nodes().stream().map(part).collect(Collectors.toSet());
    }
}
